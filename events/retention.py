"""How long the name of somebody who was at an activity must be kept. Other apps register their rules.

@retention_rule
def for_funders(attendances): return date(2033, 12, 31)     # or None
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance
from members.hooks.personal_data import ErasureLock, erasure_lock

_rules = []


def retention_rule(function):
    """Register `function(attendances) -> date | None`; `attendances` is a queryset."""
    _rules.append(function)
    return function


def kept_until(registrations):
    """The last day on which a rule keeps the names of these registrations, or None."""
    attendances = Attendance.objects.filter(registration__in=registrations)
    days = [day for rule in _rules if (day := rule(attendances)) and day > timezone.localdate()]
    return max(days, default=None)


@erasure_lock
def attendance(user):
    until = kept_until(user.registrations.all())
    reason = _("You were at activities of a project that the EU pays for, and its papers must show who was there.")
    return ErasureLock(until, reason) if until else None
