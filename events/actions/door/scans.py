"""Scans: what was seen at the door is kept, whatever the state says, and what is believed follows from all that was seen.

What contradicts becomes a flag for staff. Refused is only who may not check in, and a key that somebody else has used.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.door.corrections import remove_attendance
from events.actions.seats import lock_activity
from events.funding import default_role
from events.models import Attendance, Flag, Method, Outcome, Passing, Registration, Role, Scan, State
from events.models.session import DOORS_OPEN
from events.permissions import may_check_in
from events.presence import minutes_of, overlap, stretches_of

CLOCK_TOLERANCE = timedelta(minutes=2)
ENDED = (State.CANCELLED, State.DECLINED)


@dataclass(frozen=True)
class Seen:
    """One passage as a page or phone tells of it; `happened_at` by the server's clock, which was `clock_offset` seconds ahead."""

    key: UUID
    happened_at: datetime
    kind: str = Passing.IN
    method: str = Method.TICKET
    undoes: UUID | None = None
    was_offline: bool = False
    clock_offset: int = 0
    device: str = ""


def seen_now(**details):
    return Seen(key=uuid4(), happened_at=timezone.now(), **details)


@transaction.atomic
def record_scan(session, registration, seen, *, by):
    """Keep what was seen of the registration, None for a ticket that is not ours, and return the `Scan`.

    The same key again answers the same scan and changes nothing. Raises `PermissionDenied` and `Busy`.
    """
    if not may_check_in(by, session.activity):
        raise PermissionDenied
    lock_activity(session.activity)
    if known := Scan.objects.filter(idempotency_key=seen.key).first():
        if (known.session_id, known.by_id) != (session.pk, by.pk):
            raise PermissionDenied
        return known
    session.refresh_from_db(fields=["starts_at", "ends_at", "closed_at"])
    existing = existing_attendance(session, registration) if registration else None
    scan = Scan(
        idempotency_key=seen.key,
        session=session,
        registration=registration,
        kind=seen.kind,
        undoes=seen.undoes,
        outcome=_outcome(session, registration, existing),
        method=seen.method,
        happened_at=seen.happened_at,
        was_offline=seen.was_offline,
        clock_offset=seen.clock_offset,
        device=seen.device[:40],
        by=by,
    )
    scan.save()
    if scan.outcome not in (Outcome.UNKNOWN, Outcome.OTHER_ACTIVITY):
        _believe(scan, existing)
    return scan


def check_in(registration, *, session, by, method=Method.TICKET):
    """Save that somebody is at the door now, and return the attendance; who was here already stays here since then.

    Raises `PermissionDenied`, `ValidationError` for another activity's ticket, and `Busy`.
    """
    scan = record_scan(session, registration, seen_now(method=method), by=by)
    if scan.outcome == Outcome.OTHER_ACTIVITY:
        raise ValidationError(_("This ticket is for another activity."), code="ticket")
    return existing_attendance(session, registration)


def existing_attendance(session, registration):
    """The person's attendance of the session, by any of their registrations."""
    own = Registration.objects.of_same_person_in_activity(registration)
    return Attendance.objects.filter(registration__in=own, session=session).first()


def _outcome(session, registration, existing):
    if registration is None:
        return Outcome.UNKNOWN
    if registration.activity_id != session.activity_id:
        return Outcome.OTHER_ACTIVITY
    if existing:
        return Outcome.ALREADY
    if registration.state in ENDED:
        return Outcome.CANCELLED
    return Outcome.WAITING if registration.is_waiting else Outcome.OK


def _believe(scan, existing):
    """Write the attendance that follows from all scans of the person, or add a flag to one that staff have set."""
    flags = _flags(scan, existing)
    if existing and existing.is_corrected:
        _add_flags(existing, [*flags, Flag.CORRECTED])
        return
    if existing and existing.arrived_at is None:
        return
    found = passages_at(scan.session, scan.registration)
    if not found.arrived_at:
        if existing:
            remove_attendance(existing, by=scan.by, reason=_("Undone at the door"))
        return
    before_closing = scan.session.closed_at is None
    attendance = existing or new_attendance(scan.session, scan.registration, by=scan.by, method=scan.method)
    attendance.arrived_at, attendance.minutes = found.arrived_at, found.minutes
    attendance.left_at = found.left_at if found.left_at or before_closing else scan.session.ends_at
    if attendance.left_at and attendance.left_at < attendance.arrived_at:
        attendance.left_at = attendance.arrived_at
    attendance.flags = sorted({*attendance.flags, *flags})
    attendance.save()
    if is_elsewhere(attendance):
        _add_flags(attendance, [Flag.ELSEWHERE])


def new_attendance(session, registration, *, by, method, minutes=0, role=None):
    """Not saved yet; of the company that the person is signed up for today, in the role that the activity's funding names."""
    return Attendance(
        session=session,
        registration=registration,
        company_id=registration.company_id,
        mode=registration.mode,
        minutes=minutes,
        role=role or default_role(session.activity) or Role.RECIPIENT,
        method=method,
        confirmed_by=by,
    )


@dataclass(frozen=True)
class Passages:
    """What all scans of one person at one session come to."""

    arrived_at: datetime | None
    left_at: datetime | None  # None while still inside
    minutes: int


def passages_at(session, registration):
    own = Registration.objects.of_same_person_in_activity(registration)
    seen = list(Scan.objects.that_count(session, own).values_list("happened_at", "kind"))
    stretches = stretches_of(seen, until=session.ends_at)
    last_kind = max(seen)[1] if seen else None
    return Passages(
        arrived_at=stretches[0][0] if stretches else None,
        left_at=stretches[-1][1] if stretches and last_kind == Passing.OUT else None,
        minutes=minutes_of(stretches, within=(session.starts_at, session.ends_at)),
    )


def _flags(scan, existing):
    session, found = scan.session, []
    if scan.registration.state in ENDED and not existing:
        found.append(Flag.CANCELLED)
    if scan.happened_at < session.starts_at - DOORS_OPEN:
        found.append(Flag.EARLY)
    elif scan.happened_at > scan.received_at + CLOCK_TOLERANCE:
        found.append(Flag.AHEAD)
    elif scan.kind == Passing.IN and scan.happened_at >= session.ends_at:
        found.append(Flag.LATE)
    return found + [Flag.CLOSED] * bool(session.closed_at)


def _add_flags(attendance, flags):
    attendance.flags = sorted({*attendance.flags, *flags})
    attendance.save(update_fields=["flags"])


def is_elsewhere(attendance):
    """Whether the person was at another session at the same time."""
    session, row = attendance.session, attendance.registration
    if row.user_id is None and not row.email:
        return False
    own = Registration.objects.of(row.user) if row.user_id else Registration.objects.of_guest(row.email, row.guest_name)
    others = Attendance.objects.filter(
        registration__in=own, session__starts_at__lt=session.ends_at, session__ends_at__gt=session.starts_at
    ).exclude(session=session)
    return any(overlap([attendance.presence], [other.presence]) for other in others.select_related("session"))
