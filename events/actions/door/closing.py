"""Closing a session: who is still inside left at its end, and what does not add up is settled or stays listed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.door.corrections import correct_attendance
from events.actions.door.scans import is_elsewhere, passages_at
from events.actions.seats import lock_activity
from events.models import Flag, Session
from events.permissions import may_check_in


@transaction.atomic
def close_session(session, *, by, reasons=None):
    """Close it, once, and settle the flags of those attendances whose key is in `reasons`, each with its reason.

    Closed already, it only settles. Raises `PermissionDenied`, `ValidationError` before the start, and `Busy`.
    """
    if not may_check_in(by, session.activity):
        raise PermissionDenied
    lock_activity(session.activity)
    session = Session.objects.select_related("activity").get(pk=session.pk)
    now = timezone.now()
    if session.starts_at > now:
        raise ValidationError(_("It has not begun yet."), code="early")
    if session.closed_at is None:
        session.closed_at, session.closed_by = now, by
        session.save(update_fields=["closed_at", "closed_by"])
        for attendance in session.attendances.select_related("session", "registration__user"):
            _end(attendance)
    _settle(session, by, reasons or {})
    return session


def _end(attendance):
    if attendance.arrived_at and attendance.left_at is None:
        attendance.left_at = max(attendance.arrived_at, attendance.session.ends_at)
        if not attendance.is_corrected:
            attendance.minutes = passages_at(attendance.session, attendance.registration).minutes
    if is_elsewhere(attendance):
        attendance.flags = sorted({*attendance.flags, Flag.ELSEWHERE})
    attendance.save(update_fields=["left_at", "minutes", "flags"])


def _settle(session, by, reasons):
    flagged = session.attendances.exclude(flags=[]).filter(pk__in=reasons).select_related("session", "registration")
    for attendance in flagged:
        correct_attendance(attendance, by=by, reason=reasons[attendance.pk], flags=[])
