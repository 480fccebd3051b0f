"""What a guest reads before the click that confirms: who is signed up, as whom, and whether for a seat or for the queue."""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.guests import account_of
from events.actions.seats import Seats
from events.actions.signup import Attendee
from events.models import Registration
from events.permissions import signup_closed_reason
from events.texts import sign_up_closed_text
from members.actions.invitations import account_with_email


@dataclass(frozen=True)
class Confirmation:
    names: str
    notes: list  # what else there is to know, a sentence each
    button: str
    closed: str  # why nobody can sign up any more, or ""


def confirmation_of(form):
    names = form.contents["names"]
    seats = Seats(form.activity)
    reason = signup_closed_reason(form.activity, seats.starts_at, seats.now)
    queue_note, button = _seats_note(form, seats, len(names))
    return Confirmation(
        names=get_text_list(names, _("and")),
        notes=[note for note in (*_mailbox_notes(form), queue_note) if note],
        button=button,
        closed=sign_up_closed_text(reason) if reason else "",
    )


def _mailbox_notes(form):
    """Who else has signed up from that address, told to whoever reads its mail."""
    name = {"name": form.contents["names"][0]}
    account = account_of(form.email, name["name"])
    attendee = Attendee(user=account, name=name["name"], email=form.email)
    if attendee.active_registration_in(form.activity):
        yield _("%(name)s is signed up already.") % name
        return
    others = Registration.objects.active().filter(activity=form.activity, user=None, email=form.email)
    if found := list(others.order_by("pk").values_list("guest_name", flat=True)):
        text = ngettext(
            "%(others)s is signed up from this address already. %(name)s becomes a participant of their own, who is managed "
            "from the same mail.",
            "%(others)s are signed up from this address already. %(name)s becomes a participant of their own, who is managed "
            "from the same mail.",
            len(found),
        )
        yield text % (name | {"others": get_text_list(found, _("and"))})
    holder = account_with_email(form.email)
    if holder and account is None:
        text = _("%(holder)s has an account with this address. %(name)s is signed up as a guest.")
        yield text % (name | {"holder": holder})


def _seats_note(form, seats, size):
    mode = form.contents["mode"]
    if form.activity.needs_approval:
        return _("We look at each sign-up before we give out a seat."), _("Yes, sign me up")
    free = seats.free(mode)
    if free is None or (free >= size and not seats.waiting(mode)):
        return "", _("Yes, sign me up")
    if free:
        text = _("There are not seats enough for all of you just now, so you stand in the queue together.")
    else:
        text = _("All seats are taken just now, so you stand in the queue. When it is your turn we write to you.")
    return text, _("Yes, put me in the queue")
