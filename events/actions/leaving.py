"""Answering an offer and giving a seat back. Whoever does it, and by whatever way, the next in line gets the seat."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.actions.attendance import merge_attendance
from events.actions.seats import seats_of
from events.models import Activity, Cause, Need, Registration, State
from events.permissions import may_change, may_keep_list

BY_LINK = "link"  # in place of a person: whoever holds the secret link of the registration


def cancel(registration, *, by, reason=""):
    """Give the place back, with those of companions whom nobody could reach without it. What has ended stays as it is.

    `by` is a person, or `BY_LINK`. Raises `PermissionDenied`, `Busy`, and `ValidationError` once the activity has begun
    (staff keep the list then).
    """
    cause = rights_of(registration, by)
    with seats_of(registration.activity) as seats:
        registration = _fresh(registration)
        if not registration.is_active:
            return registration
        if seats.starts_at and seats.starts_at <= seats.now and cause != Cause.BY_STAFF:
            raise ValidationError(_("The activity has begun: write to us instead."), code="started")
        for row in [registration, *_companions(registration)]:
            end(seats, row, State.CANCELLED, cause, reason=reason)
        return registration


def end(seats, registration, state, cause, reason=""):
    """End one registration, with what nobody needs to know any longer."""
    seats.change(registration, state, cause, reason=reason)
    Need.objects.filter(registration=registration).delete()


def accept(registration, *, by):
    """Take the seat that is held, for the whole party. Once taken, the answer is the same however often it is given.

    Returns the registration; where the time had run out it has declined. Raises `PermissionDenied` and `Busy`,
    and `ValidationError` once the activity has begun.
    """
    rights_of(registration, by)
    with seats_of(registration.activity) as seats:
        offered = _party(registration).filter(state=State.OFFERED)
        if seats.starts_at and seats.starts_at <= seats.now and offered.exists():
            raise ValidationError(_("The activity has begun: write to us instead."), code="started")
        for row in offered:
            seats.change(row, State.CONFIRMED, Cause.ACCEPTED)
        return _fresh(registration)


def decline(registration, *, by):
    """Say no to the seat that is held, for the whole party; the next in line is offered it. As `accept` otherwise."""
    rights_of(registration, by)
    with seats_of(registration.activity) as seats:
        for row in _party(registration).filter(state=State.OFFERED):
            end(seats, row, State.DECLINED, Cause.DECLINED)
        return _fresh(registration)


def rights_of(registration, by):
    """By whom it is, as the cause that a leaving has in the history. Raises `PermissionDenied` for who may not change it."""
    if by == BY_LINK:
        return Cause.BY_LINK
    if registration.user_id and registration.user_id == by.pk:
        return Cause.BY_PERSON
    if not may_change(by, registration):
        raise PermissionDenied
    if Registration.objects.of(by).filter(pk=registration.pk).exists():
        return Cause.BY_PERSON
    return Cause.BY_STAFF if may_keep_list(by) else Cause.BY_COLLEAGUE


def _fresh(registration):
    return Registration.objects.select_related("activity", "user", "company").get(pk=registration.pk)


def _party(registration):
    return Registration.objects.filter(party=registration.party).select_related("user", "activity").order_by("number")


def _companions(registration):
    """Those who came along without an address of their own, when the one who brought them is gone."""
    rows = list(_party(registration).active().exclude(pk=registration.pk))
    return rows if registration.address and not any(row.address for row in rows) else []


@transaction.atomic
def end_all_of_activity(activity):
    """The activity is called off: nobody has or waits for a seat any more, and everybody is told. Raises `Busy`."""
    with seats_of(activity) as seats:
        rows = Registration.objects.active().filter(activity=activity).select_related("user").order_by("pk")
        for row in rows:
            end(seats, row, State.CANCELLED, Cause.ACTIVITY_OFF)


@transaction.atomic
def release_person(user):
    """Free every place to come of a person whose account is closed. Raises `Busy`."""
    mine = Registration.objects.active().of(user)
    for activity in Activity.objects.filter(pk__in=mine.values("activity")).order_by("pk"):
        with seats_of(activity) as seats:
            if seats.starts_at is None or seats.starts_at > seats.now:
                for row in mine.filter(activity=activity).select_related("user"):
                    end(seats, row, State.CANCELLED, Cause.PERSON_LEFT)


def claim(user):
    """Make a person's own what they did as a guest from an address that is theirs."""
    for row in Registration.objects.of(user).filter(user=None).order_by("pk"):
        with transaction.atomic():
            mine = Registration.objects.filter(pk=row.pk, user=None)
            merge_attendance(mine, user)
            if row.is_active and Registration.objects.active().filter(activity=row.activity_id, user=user).exists():
                continue
            mine.update(user=user)
