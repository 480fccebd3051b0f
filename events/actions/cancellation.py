"""Accepting or declining an offer, and cancelling a registration. Each frees or takes seats by `events.actions.seats`."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.actions.attendance import merge_attendance
from events.actions.seats import locked_seats
from events.models import Activity, Cause, Registration, Requirements, State
from events.permissions import may_change_registration, may_manage_registrations

BY_LINK = "link"  # as `by`, instead of a person: somebody with the secret link of the registration


def cancel(registration, *, by, reason=""):
    """Cancel the registration, with companions whom nobody could reach without it. One that has ended stays as it is.

    `by` is a person, or `BY_LINK`. Raises `PermissionDenied`, `Busy`, and `ValidationError` once the activity has begun
    (only staff may cancel then).
    """
    cause = check_rights(registration, by)
    with locked_seats(registration.activity) as seats:
        registration = _fresh(registration)
        if not registration.is_active:
            return registration
        if seats.starts_at and seats.starts_at <= seats.now and cause != Cause.BY_STAFF:
            raise ValidationError(_("The activity has begun: write to us instead."), code="started")
        for row in leaving_with(registration, _party(registration).active()):
            end_registration(seats, row, State.CANCELLED, cause, by=None if by == BY_LINK else by, reason=reason)
        return registration


def end_registration(seats, registration, state, cause, *, by=None, reason=""):
    """`by` is who ends it, where a person does."""
    seats.change(registration, state, cause, by=by, reason=reason)
    Requirements.objects.filter(registration=registration).delete()


def accept(registration, *, by):
    """Accept the offer, for the whole party. Doing it again changes nothing.

    Returns the registration, declined where the time had run out. Raises `PermissionDenied` and `Busy`, and
    `ValidationError` once the activity has begun.
    """
    check_rights(registration, by)
    with locked_seats(registration.activity) as seats:
        offered = _party(registration).filter(state=State.OFFERED)
        if seats.starts_at and seats.starts_at <= seats.now and offered.exists():
            raise ValidationError(_("The activity has begun: write to us instead."), code="started")
        for row in offered:
            seats.change(row, State.CONFIRMED, Cause.ACCEPTED)
        return _fresh(registration)


def decline(registration, *, by):
    """Decline the offer, for the whole party; the next in line is offered the seats. Raises as `accept` does."""
    check_rights(registration, by)
    with locked_seats(registration.activity) as seats:
        for row in _party(registration).filter(state=State.OFFERED):
            end_registration(seats, row, State.DECLINED, Cause.DECLINED, by=None if by == BY_LINK else by)
        return _fresh(registration)


def check_rights(registration, by):
    """Who cancels, as the Cause of a cancellation. Raises `PermissionDenied` for those who may not change the registration."""
    if by == BY_LINK:
        return Cause.BY_LINK
    if registration.user_id and registration.user_id == by.pk:
        return Cause.BY_PERSON
    if not may_change_registration(by, registration):
        raise PermissionDenied
    if Registration.objects.of(by).filter(pk=registration.pk).exists():
        return Cause.BY_PERSON
    return Cause.BY_STAFF if may_manage_registrations(by) else Cause.BY_COLLEAGUE


def _fresh(registration):
    return Registration.objects.select_related("activity", "user", "company").get(pk=registration.pk)


def _party(registration):
    return Registration.objects.filter(party=registration.party).select_related("user", "activity").order_by("number")


def leaving_with(registration, party):
    """The registration and those of its party who leave with it: companions whom no other address there could reach."""
    others = [row for row in party if row.pk != registration.pk]
    return (
        [registration, *others] if registration.address and not any(row.address for row in others) else [registration]
    )


def companions_of(registration):
    """Those of the party who have no address of their own, whom this registration therefore manages."""
    return [row for row in registration.party_rows() if registration.address and not row.address]


@transaction.atomic
def cancel_all_of_activity(activity):
    """Cancel all registrations of a cancelled activity, with a mail to each. Raises `Busy`."""
    with locked_seats(activity) as seats:
        rows = Registration.objects.active().filter(activity=activity).select_related("user").order_by("pk")
        for row in rows:
            end_registration(seats, row, State.CANCELLED, Cause.ACTIVITY_OFF)


@transaction.atomic
def cancel_all_of_person(user):
    """Cancel what is to come for a person whose account is closed. Raises `Busy`."""
    rows = Registration.objects.active().of(user)
    for activity in Activity.objects.filter(pk__in=rows.values("activity")).order_by("pk"):
        with locked_seats(activity) as seats:
            if seats.starts_at is None or seats.starts_at > seats.now:
                for row in rows.filter(activity=activity).select_related("user"):
                    end_registration(seats, row, State.CANCELLED, Cause.PERSON_LEFT)


def claim_guest_registrations(user):
    """Give a person the registrations they made as a guest from an address that is theirs."""
    for row in Registration.objects.of(user).filter(user=None).order_by("pk"):
        with transaction.atomic():
            rows = Registration.objects.filter(pk=row.pk, user=None)
            merge_attendance(rows, user)
            if row.is_active and Registration.objects.active().filter(activity=row.activity_id, user=user).exists():
                continue
            rows.update(user=user)
