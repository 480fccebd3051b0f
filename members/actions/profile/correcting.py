"""Staff correct a public profile in place; what it said before is kept as an earlier version."""

import uuid
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from members.actions.profile.copies import copies_of
from members.actions.profile.following import follow
from members.models import ProfileVersion
from members.permissions import may_change_profile
from members.profile.changes import differing_fields


@contextmanager
def correction(*, by, version):
    """Changes of the rows of a public version inside this block; the caller holds the company's lock.

    Raises `PermissionDenied`, before anything is written.
    """
    if not may_change_profile(by):
        raise PermissionDenied
    was = ProfileVersion.objects.get(pk=version.pk)
    (kept,) = copies_of([was], published_at=was.published_at, published_by=was.published_by)
    yield
    now = ProfileVersion.objects.select_related("company").get(pk=version.pk)
    if not differing_fields(kept, now) and kept.is_placeholder == now.is_placeholder:
        kept.delete()
        return
    now.revision, now.published_at, now.published_by = uuid.uuid4(), timezone.now(), by
    now.save(update_fields=["revision", "published_at", "published_by"])
    follow(now.company, kept, now)
