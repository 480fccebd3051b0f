"""Who was there: ticked on the list, confirmed for all at once, or read from a ticket at the door.

A date at which somebody has been may end earlier, but neither lie ahead again nor go away. The database refuses that too
(events.models.session); here is the reason in words, before anything is written.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.actions.seats import locked
from events.models import Attendance, Method, Registration
from events.models.session import DOORS_OPEN
from events.models.states import ACTIVE
from events.permissions import may_check_in
from events.words import moment_text

GRACE = timedelta(minutes=15)  # who comes so little late has been there the whole time


def length_of(session):
    """The session's minutes."""
    return int((session.ends_at - session.starts_at).total_seconds() // 60)


def has_doors_open(session, now=None):
    return session.starts_at - DOORS_OPEN <= (now or timezone.now())


def current_session(activity, now=None):
    """The session for which people come in just now, or None."""
    now = now or timezone.now()
    near = activity.sessions.filter(starts_at__lte=now + DOORS_OPEN, ends_at__gt=now)
    return near.order_by("starts_at", "pk").first()


def _check(session, by):
    if not may_check_in(by, session.activity):
        raise PermissionDenied
    if not has_doors_open(session):
        opens = moment_text(session.starts_at - DOORS_OPEN)
        raise ValidationError(_("Nobody has been there yet: tick people off from %(moment)s.") % {"moment": opens})


@transaction.atomic
def keep_attendance(session, *, by, shown, here, method=Method.TICK):
    """Write down who was there: `here` as the list was sent, `shown` as it was read, each {registration's key: minutes}.

    Minutes of None mean the whole session. Only what differs between the two is changed, so that what somebody else has
    ticked meanwhile stays. Returns how many were added or corrected, and how many were taken away.
    Raises `PermissionDenied`, `ValidationError` and `Busy`.
    """
    _check(session, by)
    locked(session.activity)
    changed = {key: minutes for key, minutes in here.items() if key not in shown or shown[key] != minutes}
    rows = Registration.objects.filter(activity=session.activity_id, pk__in=changed).in_bulk()
    for key, row in rows.items():
        _write(session, row, by=by, method=method, minutes=changed[key])
    gone = shown.keys() - here.keys()
    taken_away, _each = Attendance.objects.filter(session=session, registration__in=gone).delete()
    return len(rows), taken_away


def _known(session, registration):
    """The person's attendance, also where it came by another registration of theirs."""
    mine = Registration.objects.of_same(registration)
    return Attendance.objects.filter(registration__in=mine, session=session).first()


def merge_attendance(rows, user):
    """The registrations are about to be the person's: where they were at a session too, the longer of the two times stays."""
    known = {each.session_id: each for each in Attendance.objects.filter(registration__user=user)}
    for twin in Attendance.objects.filter(registration__in=rows, session__in=known):
        min(known[twin.session_id], twin, key=lambda each: each.minutes).delete()


def _write(session, registration, *, by, method, minutes):
    """One attendance, new or corrected; what is known already, and asked for no other minutes, stays as it is."""
    known = _known(session, registration)
    most = length_of(session)
    if minutes is not None and not 0 < minutes <= most:
        text = _("%(name)s: between 1 and %(most)d minutes.")
        raise ValidationError(text % {"name": registration.name, "most": most}, code="minutes")
    if known is None:
        if not registration.is_active:
            raise ValidationError(_("%(name)s is no longer on the list.") % {"name": registration.name}, code="ended")
        return Attendance.objects.create(
            session=session, registration=registration, minutes=minutes or most, method=method, confirmed_by=by
        )
    if minutes is not None and known.minutes != minutes:
        known.minutes, known.confirmed_by, known.confirmed_at = minutes, by, timezone.now()
        known.save(update_fields=["minutes", "confirmed_by", "confirmed_at"])
    return known


@transaction.atomic
def confirm_all(session, *, by, method=Method.TICK):
    """All who have a seat were here, the whole time; who is ticked already stays so. Returns how many were added."""
    _check(session, by)
    locked(session.activity)
    rows = _one_each(Registration.objects.absent_from(session).order_by("pk"))
    new = [
        Attendance(session=session, registration=row, minutes=length_of(session), method=method, confirmed_by=by)
        for row in rows
    ]
    return len(Attendance.objects.bulk_create(new))


def _one_each(rows):
    """Whoever has a seat in their name and one as a guest is one person."""
    addresses = EmailAddress.objects.filter(verified=True, user__in=[row.user_id for row in rows if row.user_id])
    accounts = {email.lower(): user for email, user in addresses.values_list("email", "user")}
    found = {}
    for row in rows:
        account = row.user_id or accounts.get(row.email.lower())
        found.setdefault(("account", account) if account else ("row", row.pk), row)
    return found.values()


@transaction.atomic
def check_in(registration, *, session, by, method=Method.TICKET):
    """Somebody is at the door, now: the attendance, the one that there is where it is written already.

    Who comes late has been there from now on. Raises `PermissionDenied`, `ValidationError` and `Busy`.
    """
    _check(session, by)
    locked(session.activity)
    now = timezone.now()
    if session.ends_at <= now:
        raise ValidationError(_("The session is over: tick the person off on the list."), code="over")
    registration = Registration.objects.select_related("user").get(pk=registration.pk)
    if registration.activity_id != session.activity_id or registration.state not in ACTIVE:
        raise ValidationError(_("This ticket is not for here."), code="ticket")
    late = now - session.starts_at
    left = int((session.ends_at - now).total_seconds() // 60)
    minutes = None if late <= GRACE else max(1, min(left, length_of(session)))
    known = _known(session, registration)
    return known or _write(session, registration, by=by, method=method, minutes=minutes)


def check_move(session, was_at, starts_at):
    """May what began at `was_at` begin then? Raises ValidationError where people were ticked before its doors would open."""
    if starts_at > was_at and session.attendances.filter(confirmed_at__lt=starts_at - DOORS_OPEN).exists():
        text = _(
            "%(date)s: people have been ticked off there already, so it cannot be moved ahead. Add another date, or take "
            "the ticks away first."
        )
        raise ValidationError(text % {"date": capfirst(moment_text(was_at))}, code="has_been")


def check_removal(session):
    """May it go? Raises ValidationError where somebody has been there."""
    if session.attendances.exists():
        text = _("%(date)s: people have been ticked off there, so the date stays. Take the ticks away first.")
        raise ValidationError(text % {"date": capfirst(moment_text(session.starts_at))}, code="has_been")


def cut_attendance(session):
    """With new times that are not saved yet: nobody was there for longer than it lasts. Returns how many had more minutes."""
    most = max(1, length_of(session))
    return Attendance.objects.filter(session=session, minutes__gt=most).update(minutes=most)
