"""Erasing a guest: name and address go, the participation stays in the counts."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from creativenorth.mail.models import Mail
from creativenorth.text.swedish import name_key
from events.actions.cancellation import BY_LINK, cancel
from events.actions.seats import locked_seats
from events.models import Answer, GuestSignUp, Invitee, Registration, Requirements, ShownTo
from events.models.states import NAMELESS
from events.permissions import may_manage_registrations
from events.retention import kept_until
from members.actions.erasure import rewrite_history


@transaction.atomic
def erase_guest(registration, *, by):
    """Erase a guest, and the companions they brought, from everything they signed up to without an account.

    Others who have signed up from the same address stay.

    Cancels what has not begun first. Returns None, or the day on which the name goes by itself where a funder's rule keeps it
    until then. `by` is staff or `BY_LINK`. Raises `PermissionDenied` and `Busy`.
    """
    if by != BY_LINK and not may_manage_registrations(by):
        raise PermissionDenied
    if registration.user_id:
        raise PermissionDenied  # an account is erased with its person
    rows = _rows_of(registration)
    for row in rows:
        if row.is_active and not _has_begun(row.activity):
            cancel(row, by=by)
    _erase_details([row.pk for row in rows])
    for row in rows:
        with locked_seats(row.activity) as seats:
            seats.shown_names_changed |= row.shown_to == ShownTo.EVERYONE
            _erase_name(row)
    if registration.email:
        _erase_forms(registration)
    return max((row.erase_on for row in rows if row.guest_name != NAMELESS), default=None)


def _rows_of(registration):
    """All registrations of the guest, and those of companions who left no address of their own."""
    guests = Registration.objects.filter(user=None)
    if not registration.email:
        return [Registration.objects.select_related("activity", "user").get(pk=registration.pk)]
    own = guests.of_guest(registration.email, registration.guest_name)
    found = guests.filter(Q(pk__in=own.values("pk")) | Q(party__in=own.values("party"), email=""))
    return list(found.select_related("activity", "user").order_by("activity", "pk"))


def _has_begun(activity):
    return activity.sessions.begun().exists()


def _erase_details(keys):
    Requirements.objects.filter(registration__in=keys).delete()
    Answer.objects.filter(registration__in=keys).delete()
    rewrite_history(Answer, Q(registration_id__in=keys), text="")


def _erase_name(row):
    """Erase the name today or on the day until which it is kept; address and visibility at once."""
    until = kept_until(Registration.objects.filter(pk=row.pk))
    row.guest_name = row.guest_name if until else NAMELESS
    row.email, row.shown_to, row.erase_on = "", ShownTo.NOBODY, until or timezone.localdate()
    row.save(update_fields=["guest_name", "email", "shown_to", "erase_on"])


def _erase_forms(registration):
    """Unconfirmed sign-ups of the guest; what else is kept of the address goes when nobody else is left who uses it."""
    key = name_key(registration.guest_name)
    for form in GuestSignUp.objects.filter(email=registration.email):
        if name_key(form.contents["names"][0]) == key:
            form.delete()
    if not Registration.objects.filter(email=registration.email).exists():
        erase_address(registration.email)


def erase_address(address):
    """Delete unconfirmed sign-ups and invitations of the address, also from the history."""
    GuestSignUp.objects.filter(email=address).delete()
    Invitee.objects.filter(email=address).delete()
    rewrite_history(Invitee, Q(email=address), email="erased@erased.invalid")


def erase_names_due():
    """Erase names whose day has come, unless a rule keeps them longer by now, and delete sent mail to those erased."""
    asked = Registration.objects.filter(user=None, erase_on__lte=timezone.localdate())
    for row in asked.exclude(guest_name=NAMELESS).select_related("activity"):
        _erase_name(row)
    for uuid in asked.values_list("uuid", flat=True):
        Mail.objects.filter(cause__startswith=f"registration:{uuid}:", sent_at__isnull=False).delete()
