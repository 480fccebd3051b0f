"""Who was at a session, as staff's list tells it: ticked one by one, or confirmed for all at once.

A session that somebody has attended may end earlier, but can neither be moved ahead nor be removed. The database refuses
that too (events.models.session); the checks here say why before anything is written.
"""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from creativenorth.dates import moment_text
from events.actions.door.corrections import (
    as_told,
    check_reason,
    correct_attendance,
    keep_correction,
    remove_attendance,
)
from events.actions.door.scans import existing_attendance, new_attendance
from events.actions.seats import lock_activity
from events.funding import default_role
from events.models import Attendance, Flag, Method, Registration, Role, Session
from events.models.session import DOORS_OPEN
from events.permissions import may_check_in


def session_minutes(session):
    return int((session.ends_at - session.starts_at).total_seconds() // 60)


def are_doors_open(session, now=None):
    return session.starts_at - DOORS_OPEN <= (now or timezone.now())


def current_session(activity, now=None):
    now = now or timezone.now()
    near = activity.sessions.filter(starts_at__lte=now + DOORS_OPEN, ends_at__gt=now)
    return near.order_by("starts_at", "pk").first()


def _check(session, by):
    if not may_check_in(by, session.activity):
        raise PermissionDenied
    if not are_doors_open(session):
        opens = moment_text(session.starts_at - DOORS_OPEN)
        raise ValidationError(_("Nobody has been there yet: tick people off from %(moment)s.") % {"moment": opens})


@transaction.atomic
def save_attendance(session, *, by, shown, here, method=Method.TICK, reason=""):
    """Save who attended: `here` is the list as it was sent, `shown` as the reader had it, each {registration's key: minutes}.

    Minutes of None mean the whole session. Only the differences between the two are written, so that what somebody else has
    ticked meanwhile stays. Other minutes, a tick taken away, and any tick once the session is closed need the reason.
    Returns how many were added or corrected, and how many were removed.
    Raises `PermissionDenied`, `ValidationError` and `Busy`.
    """
    _check(session, by)
    lock_activity(session.activity)
    session.refresh_from_db(fields=["closed_at"])
    changed = {key: minutes for key, minutes in here.items() if key not in shown or shown[key] != minutes}
    rows = Registration.objects.filter(activity=session.activity_id, pk__in=changed).in_bulk()
    for key, row in rows.items():
        _write(session, row, by=by, method=method, minutes=changed[key], reason=reason)
    gone = Attendance.objects.filter(session=session, registration__in=shown.keys() - here.keys())
    gone = list(gone.select_related("session", "registration"))
    for attendance in gone:
        remove_attendance(attendance, by=by, reason=reason)
    return len(rows), len(gone)


def merge_attendance(rows, user):
    """Before the registrations become the user's: of two attendances of one session delete the shorter."""
    existing = {each.session_id: each for each in Attendance.objects.filter(registration__user=user)}
    for other in Attendance.objects.filter(registration__in=rows, session__in=existing):
        min(existing[other.session_id], other, key=lambda each: each.minutes).delete()


def _write(session, registration, *, by, method, minutes, reason):
    """Create or correct one attendance. Without other minutes an existing one stays as it is."""
    existing = existing_attendance(session, registration)
    most = session_minutes(session)
    if minutes is not None and not 0 < minutes <= most:
        text = _("%(name)s: between 1 and %(most)d minutes.")
        raise ValidationError(text % {"name": registration.name, "most": most}, code="minutes")
    if existing is None:
        _add(session, registration, by=by, method=method, minutes=minutes or most, reason=reason)
    elif minutes is not None and existing.minutes != minutes:
        changes = {"minutes": minutes, "is_corrected": True, "confirmed_by": by, "confirmed_at": timezone.now()}
        correct_attendance(existing, by=by, reason=reason, **changes)


def _add(session, registration, *, by, method, minutes, reason):
    """Somebody who has cancelled is written as there too, and flagged. After closing, it is a correction."""
    if session.closed_at:
        check_reason(reason)
    attendance = new_attendance(session, registration, by=by, method=method, minutes=minutes)
    attendance.flags = [] if registration.is_active else [Flag.CANCELLED]
    attendance.save()
    if session.closed_at:
        keep_correction(attendance, before=None, after=as_told(attendance), by=by, reason=reason)


@transaction.atomic
def confirm_all(session, *, by, method=Method.TICK):
    """Save that all who have a seat attended the whole session; existing attendances stay. Returns how many were added.

    Not once the session is closed: then each has a reason of their own.
    """
    _check(session, by)
    lock_activity(session.activity)
    if Session.objects.filter(pk=session.pk, closed_at__isnull=False).exists():
        raise ValidationError(_("The session is closed: tick one by one, and say why."), code="closed")
    rows = _one_per_person(Registration.objects.absent_from(session).order_by("pk"))
    known = {"minutes": session_minutes(session), "role": default_role(session.activity) or Role.RECIPIENT}
    new = [new_attendance(session, row, by=by, method=method, **known) for row in rows]
    return len(Attendance.objects.bulk_create(new))


def _one_per_person(rows):
    """One row per person, for those who have a seat by their account and another as a guest."""
    addresses = EmailAddress.objects.filter(verified=True, user__in=[row.user_id for row in rows if row.user_id])
    accounts = {(email, key): user for email, key, user in addresses.values_list("email", "user__name_key", "user")}
    found = {}
    for row in rows:
        account = row.user_id or accounts.get((row.email, row.guest_key))
        found.setdefault(("account", account) if account else ("row", row.pk), row)
    return found.values()


def check_move(session, was_at, starts_at):
    """Raises ValidationError if the session, which began at `was_at`, would open its doors only after people were ticked."""
    if starts_at > was_at and session.attendances.filter(confirmed_at__lt=starts_at - DOORS_OPEN).exists():
        text = _(
            "%(date)s: people have been ticked off there already, so it cannot be moved ahead. Add another date, or take "
            "the ticks away first."
        )
        raise ValidationError(text % {"date": capfirst(moment_text(was_at))}, code="attended")


def check_removal(session):
    """Raises ValidationError if somebody has attended the session."""
    if session.attendances.exists() or session.scans.exists() or session.corrections.exists():
        text = _("%(date)s: people have been ticked off there, so the date stays. Take the ticks away first.")
        raise ValidationError(text % {"date": capfirst(moment_text(session.starts_at))}, code="attended")


def shorten_attendance(session):
    """Cut attendances to the length of the session, whose new times need not be saved yet. Returns how many were cut."""
    most = max(1, session_minutes(session))
    return Attendance.objects.filter(session=session, minutes__gt=most).update(minutes=most)
