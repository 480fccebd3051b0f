"""How long the name of somebody who was at an activity must be kept."""

from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth.hooks import Hook
from events.models import Attendance
from members.hooks.personal_data import ErasureLock, erasure_locks

retention_rules = Hook(
    "Called with a queryset of attendances; answers the last day on which the names are needed, or None."
)


def kept_until(registrations):
    """The last day on which a rule keeps the names of these registrations, or None."""
    attendances = Attendance.objects.filter(registration__in=registrations)
    days = [day for day in retention_rules(attendances) if day and day > timezone.localdate()]
    return max(days, default=None)


@erasure_locks.register
def attendance(user):
    until = kept_until(user.registrations.all())
    reason = _("You were at activities of a project that the EU pays for, and its papers must show who was there.")
    return ErasureLock(until, reason) if until else None
