"""Who was at a session: ticked on the list, confirmed for all at once, or read from a ticket at the door.

A session that somebody has attended may end earlier, but can neither be moved ahead nor be removed. The database refuses
that too (events.models.session); the checks here say why before anything is written.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from creativenorth.dates import moment_text
from events.actions.seats import lock_activity
from events.models import Attendance, Method, Registration
from events.models.session import DOORS_OPEN
from events.models.states import ACTIVE
from events.permissions import may_check_in

GRACE = timedelta(minutes=15)  # who is late by less attended from the start


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
def save_attendance(session, *, by, shown, here, method=Method.TICK):
    """Save who attended: `here` is the list as it was sent, `shown` as the reader had it, each {registration's key: minutes}.

    Minutes of None mean the whole session. Only the differences between the two are written, so that what somebody else has
    ticked meanwhile stays. Returns how many were added or corrected, and how many were removed.
    Raises `PermissionDenied`, `ValidationError` and `Busy`.
    """
    _check(session, by)
    lock_activity(session.activity)
    changed = {key: minutes for key, minutes in here.items() if key not in shown or shown[key] != minutes}
    rows = Registration.objects.filter(activity=session.activity_id, pk__in=changed).in_bulk()
    for key, row in rows.items():
        _write(session, row, by=by, method=method, minutes=changed[key])
    gone = shown.keys() - here.keys()
    taken_away, _each = Attendance.objects.filter(session=session, registration__in=gone).delete()
    return len(rows), taken_away


def _existing(session, registration):
    """The person's attendance of the session, by any of their registrations."""
    own = Registration.objects.of_same_person_in_activity(registration)
    return Attendance.objects.filter(registration__in=own, session=session).first()


def merge_attendance(rows, user):
    """Before the registrations become the user's: of two attendances of one session delete the shorter."""
    existing = {each.session_id: each for each in Attendance.objects.filter(registration__user=user)}
    for other in Attendance.objects.filter(registration__in=rows, session__in=existing):
        min(existing[other.session_id], other, key=lambda each: each.minutes).delete()


def _write(session, registration, *, by, method, minutes):
    """Create or correct one attendance. Without other minutes an existing one stays as it is."""
    existing = _existing(session, registration)
    most = session_minutes(session)
    if minutes is not None and not 0 < minutes <= most:
        text = _("%(name)s: between 1 and %(most)d minutes.")
        raise ValidationError(text % {"name": registration.name, "most": most}, code="minutes")
    if existing is None:
        if not registration.is_active:
            raise ValidationError(_("%(name)s is no longer on the list.") % {"name": registration.name}, code="ended")
        return Attendance.objects.create(
            session=session, registration=registration, minutes=minutes or most, method=method, confirmed_by=by
        )
    if minutes is not None and existing.minutes != minutes:
        existing.minutes, existing.confirmed_by, existing.confirmed_at = minutes, by, timezone.now()
        existing.save(update_fields=["minutes", "confirmed_by", "confirmed_at"])
    return existing


@transaction.atomic
def confirm_all(session, *, by, method=Method.TICK):
    """Save that all who have a seat attended the whole session; existing attendances stay. Returns how many were added."""
    _check(session, by)
    lock_activity(session.activity)
    rows = _one_per_person(Registration.objects.absent_from(session).order_by("pk"))
    new = [
        Attendance(session=session, registration=row, minutes=session_minutes(session), method=method, confirmed_by=by)
        for row in rows
    ]
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


@transaction.atomic
def check_in(registration, *, session, by, method=Method.TICKET):
    """Save that somebody is at the door now, and return the attendance; an existing one stays as it is.

    Whoever is late attends from now on. Raises `PermissionDenied`, `ValidationError` and `Busy`.
    """
    _check(session, by)
    lock_activity(session.activity)
    now = timezone.now()
    if session.ends_at <= now:
        raise ValidationError(_("The session is over: tick the person off on the list."), code="over")
    registration = Registration.objects.select_related("user").get(pk=registration.pk)
    if registration.activity_id != session.activity_id or registration.state not in ACTIVE:
        raise ValidationError(_("This ticket is for another activity."), code="ticket")
    late = now - session.starts_at
    left = int((session.ends_at - now).total_seconds() // 60)
    minutes = None if late <= GRACE else max(1, min(left, session_minutes(session)))
    existing = _existing(session, registration)
    return existing or _write(session, registration, by=by, method=method, minutes=minutes)


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
    if session.attendances.exists():
        text = _("%(date)s: people have been ticked off there, so the date stays. Take the ticks away first.")
        raise ValidationError(text % {"date": capfirst(moment_text(session.starts_at))}, code="attended")


def shorten_attendance(session):
    """Cut attendances to the length of the session, whose new times need not be saved yet. Returns how many were cut."""
    most = max(1, session_minutes(session))
    return Attendance.objects.filter(session=session, minutes__gt=most).update(minutes=most)
