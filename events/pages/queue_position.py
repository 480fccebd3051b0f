"""A party's position in the queue and the reason for it, for those who wait and for staff."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.dates import moment_text
from events import waiting_list
from events.actions.seats import Seats
from events.models import Policy, Registration, State


@dataclass(frozen=True)
class QueuePosition:
    """`number` of `of` in the queue, and a sentence that says what the next seat depends on."""

    number: int
    of: int
    reason: str

    @property
    def text(self):
        return _("You are number %(number)d of %(of)d in the queue.") % {"number": self.number, "of": self.of}


def queue_position(registration, seats=None):
    """The QueuePosition of a registration that waits for a seat or for the other mode, else None.

    None, too, where somebody else has moved the registration on since it was read.
    """
    if registration.queue is None:
        return None
    seats = seats or Seats(registration.activity)
    mode, key = registration.queue
    order = seats.in_order(mode)
    number, party = next(((at, each) for at, each in enumerate(order, start=1) if each.key == key), (0, None))
    if party is None:
        return None
    return QueuePosition(number=number, of=len(order), reason=_why(seats, party, mode, is_next=number == 1))


def wish_text(registration, position):
    """For one who has a seat and waits for one of the other mode."""
    if registration.wished_mode == "online":
        text = _("You keep your seat and wait for one online: you are number %(number)d of %(of)d.")
    else:
        text = _("You keep your seat and wait for one on site: you are number %(number)d of %(of)d.")
    return text % {"number": position.number, "of": position.of}


def _why(seats, party, mode, is_next):
    activity, rules = seats.activity, seats.rules
    if not party.is_approved:
        return _("We look at each sign-up first, and write to you when we have looked at yours.")
    if not seats.can_offer:
        return _("It is too late for offers now: a seat that becomes free goes to whoever signs up first.")
    if waiting_list.obstacle(party, None, rules) == "company":
        text = ngettext(
            "Your company already has its seat; yours comes if the limit is lifted or that one becomes free.",
            "Your company already has its %(number)d seats; yours comes if the limit is lifted or one of them becomes free.",
            activity.company_limit,
        )
        return text % {"number": activity.company_limit}
    if party.rank is not None:
        return _("The organisers have given you this place.")
    return _policy_text(rules, party, is_next) + _size_text(party)


def _policy_text(rules, party, is_next):
    if rules.policy == Policy.NEW_COMPANIES:
        if rules.comes_first(party):
            return _("The next free seat goes to a company without one, and yours has none yet.")
        if is_next:
            return _("Nobody who waits is from a company without a seat, so the next free one goes to you.")
        return _("The next free seat goes to a company without one.")
    if rules.policy == Policy.TARGET_GROUP:
        if party.is_of_target_group:
            return _("The next free seat goes to those whom the activity is for, and you are one of them.")
        if is_next:
            return _("Nobody whom the activity is for is waiting, so the next free seat goes to you.")
        return _("The next free seat goes to those whom the activity is for.")
    return _("The next free seat goes to whoever has waited longest.")


def _size_text(party):
    if party.size == 1:
        return ""
    return " " + _("You are %(number)d together, so it takes %(number)d free seats.") % {"number": party.size}


def next_offer_text(seats, mode):
    """One sentence for staff: why the next offer of that mode is or is not sent."""
    waiting = seats.in_order(mode)
    if not waiting:
        return _("Nobody is waiting.")
    if seats.activity.is_cancelled:
        return _("No offers go out: the activity is cancelled.")
    if not seats.can_offer:
        return _("No offers go out any more: the last moment for them was %(moment)s.") % {
            "moment": moment_text(seats.offers_end_at)
        }
    if seats.free(mode) == 0:
        return _full_text(seats, mode, waiting)
    return _held_back_text(seats, mode, waiting)


def _full_text(seats, mode, waiting):
    next_in_line = next((party for party in waiting if not waiting_list.obstacle(party, None, seats.rules)), None)
    name = _name(next_in_line) if next_in_line else ""
    offered = Registration.objects.filter(activity=seats.activity, mode=mode, state=State.OFFERED)
    first = offered.order_by("held_until").first()
    if first and name:
        text = _("No seat is free; one is held for an answer until %(moment)s, and the next one goes to %(name)s.")
        return text % {"moment": moment_text(first.held_until), "name": name}
    if name:
        return _("No seat is free; the next one goes to %(name)s.") % {"name": name}
    return _("No seat is free, and nobody who waits may have one yet.")


def _held_back_text(seats, mode, waiting):
    """Seats are free and nobody has been offered them: what the first in the queue lacks."""
    free = seats.free(mode)
    obstacles = [(party, waiting_list.obstacle(party, free, seats.rules)) for party in waiting]
    if any(obstacle == "" for party, obstacle in obstacles):
        return _("The next offer goes out within a minute.")
    party, obstacle = obstacles[0]
    if obstacle == "approval":
        return _("Seats are free, and %(name)s waits for your approval.") % {"name": _name(party)}
    if obstacle == "size":
        text = _("%(free)d free, but %(name)s, first in the queue, waits for %(size)d seats together.")
        return text % {"free": free, "name": _name(party), "size": party.size}
    text = _("Seats are free, but the company of %(name)s, first in the queue, has as many as it may have.")
    return text % {"name": _name(party)}


def _name(party):
    row = (
        Registration.objects.filter(Q(party=party.key) | Q(uuid=party.key))
        .select_related("user")
        .order_by("number")
        .first()
    )
    return row.name
