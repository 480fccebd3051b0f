"""A guest asks to be forgotten: name and address go, what they took part in stays in the count."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions.leaving import BY_LINK, cancel
from events.actions.seats import seats_of
from events.models import Answer, GuestSignUp, Invitee, Need, Registration, ShownTo
from events.models.states import NAMELESS
from events.permissions import may_keep_list
from events.retention import kept_until
from members.actions.erasure import rewrite_history


@transaction.atomic
def forget_guest(registration, *, by):
    """Erase a guest, with the companions whom they brought, from everything that they signed up to without an account.

    Places to come are given back first. Where a funder's papers need the name it goes by itself when they no longer do:
    then that day is answered, else None. `by` is staff or `BY_LINK`. Raises `PermissionDenied` and `Busy`.
    """
    if by != BY_LINK and not may_keep_list(by):
        raise PermissionDenied
    if registration.user_id:
        raise PermissionDenied  # whoever has an account erases that
    rows = _rows_of(registration)
    for row in rows:
        if row.is_active and not _has_begun(row.activity):
            cancel(row, by=by)
    _forget_what_was_told([row.pk for row in rows])
    for row in rows:
        with seats_of(row.activity) as seats:
            seats.shown_names_changed |= row.shown_to == ShownTo.EVERYONE
            _erase(row)
    if registration.email:
        forget_address(registration.email)
    return max((row.erase_on for row in rows if row.guest_name != NAMELESS), default=None)


def _rows_of(registration):
    """All that the guest has signed up to, and those who came along and left no address of their own."""
    guests = Registration.objects.filter(user=None)
    own = guests.filter(email__iexact=registration.email) if registration.email else guests.filter(pk=registration.pk)
    brought = Q(party__in=own.values("party"), email="") if registration.email else Q()
    found = guests.filter(Q(pk__in=own.values("pk")) | brought) if registration.email else own
    return list(found.select_related("activity", "user").order_by("activity", "pk"))


def _has_begun(activity):
    return activity.sessions.begun().exists()


def _forget_what_was_told(keys):
    Need.objects.filter(registration__in=keys).delete()
    Answer.objects.filter(registration__in=keys).delete()
    rewrite_history(Answer, Q(registration_id__in=keys), text="")


def _erase(row):
    """The name, today or on the day until which it is kept; the address and who sees the name at once."""
    until = kept_until(Registration.objects.filter(pk=row.pk))
    row.guest_name = row.guest_name if until else NAMELESS
    row.email, row.shown_to, row.erase_on = "", ShownTo.NOBODY, until or timezone.localdate()
    row.save(update_fields=["guest_name", "email", "shown_to", "erase_on"])


def forget_address(address):
    """Forms that wait to be confirmed and invitations to sign up, in the tables and in the history."""
    GuestSignUp.objects.filter(email__iexact=address).delete()
    Invitee.objects.filter(email__iexact=address).delete()
    rewrite_history(Invitee, Q(email__iexact=address), email="erased@erased.invalid")


def erase_names_due():
    """Names whose day has come; a rule that keeps them longer by now counts. Mail to those erased goes once it is sent."""
    asked = Registration.objects.filter(user=None, erase_on__lte=timezone.localdate())
    for row in asked.exclude(guest_name=NAMELESS).select_related("activity"):
        _erase(row)
    for uuid in asked.values_list("uuid", flat=True):
        Mail.objects.filter(cause__startswith=f"registration:{uuid}:", sent_at__isnull=False).delete()
