"""How long the name of somebody who was at an activity must be kept. The floors above register their rules.

@keeps
def for_funders(attendances): return date(2033, 12, 31)     # or None
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance
from members.hooks.personal_data import ErasureLock, erasure_lock

_rules = []


def keeps(function):
    """Register `function(attendances) -> date | None`, given a queryset."""
    _rules.append(function)
    return function


def kept_until(registrations):
    """The last day on which the names of these must be kept, or None where nothing keeps them any longer."""
    attendances = Attendance.objects.filter(registration__in=registrations)
    days = [day for rule in _rules if (day := rule(attendances)) and day > timezone.localdate()]
    return max(days, default=None)


@erasure_lock
def attendance(user):
    until = kept_until(user.registrations.all())
    reason = _("You were at activities of a project that the EU pays for, and its papers must show who was there.")
    return ErasureLock(until, reason) if until else None
