"""Publishing a programme and taking it off the site. Each action locks its row, may be repeated, and returns the programme."""

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
    """Show the programme to everybody; a published one stays as it is. Raises PermissionDenied."""
    programme = _locked(programme, by)
    if programme.is_draft:
        programme.published_at = timezone.now()
        programme.save(update_fields=["published_at"])
    return programme


@transaction.atomic
def unpublish_programme(programme, *, by):
    """Make the programme a draft again; a draft stays as it is. Raises PermissionDenied."""
    programme = _locked(programme, by)
    if not programme.is_draft:
        programme.published_at = None
        programme.save(update_fields=["published_at"])
    return programme
