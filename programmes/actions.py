"""What happens to a programme as a whole. Each action locks its row, may be repeated, and returns the programme as it is now."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from programmes.models import Programme
from programmes.permissions import may_edit


def _locked(programme, by):
    if not may_edit(by):
        raise PermissionDenied
    return Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)


@transaction.atomic
def publish_programme(programme, *, by):
    """Show the programme to everybody. A published one stays as it is."""
    programme = _locked(programme, by)
    if programme.is_draft:
        programme.published_at = timezone.now()
        programme.save(update_fields=["published_at"])
    return programme


@transaction.atomic
def unpublish_programme(programme, *, by):
    """Take the programme off the site; it becomes a draft. A draft stays as it is."""
    programme = _locked(programme, by)
    if not programme.is_draft:
        programme.published_at = None
        programme.save(update_fields=["published_at"])
    return programme
