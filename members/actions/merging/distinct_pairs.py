"""Marking two similar companies as distinct, and undoing it. Both may be repeated without harm."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from members.models import Company, DistinctPair
from members.permissions import may_merge


class CompanyGone(Exception):
    """One of the two companies does not exist any more."""


@transaction.atomic
def mark_as_distinct(*, by, one, two):
    """Mark the two, in any order, and return the `DistinctPair`. Raises `PermissionDenied` and `CompanyGone`."""
    low, high = sorted([one.pk, two.pk])
    if not may_merge(by) or low == high:
        raise PermissionDenied
    held = Company.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[low, high]).order_by("pk")
    if len(held) < 2:
        raise CompanyGone
    return DistinctPair.objects.get_or_create(one_id=low, two_id=high, defaults={"decided_by": by})[0]


@transaction.atomic
def unmark_as_distinct(*, by, one, two):
    """Raises `PermissionDenied`."""
    if not may_merge(by):
        raise PermissionDenied
    low, high = sorted([one.pk, two.pk])
    DistinctPair.objects.filter(one=low, two=high).delete()
