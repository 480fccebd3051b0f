"""What staff do with the list of participants: approve, reorder with a reason, move, correct."""

from contextlib import ExitStack
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import mails
from events.actions.leaving import end
from events.actions.seats import Seats, locked, seats_of, settle_activity
from events.models import Cause, Registration, State
from events.permissions import may_edit, may_keep_list

ON_LIST = gettext_lazy("Somebody on the list has that address already.")


def _check(by):
    if not may_keep_list(by):
        raise PermissionDenied


def _party(registration):
    rows = Registration.objects.active().filter(party=registration.party)
    return list(rows.select_related("user", "activity").order_by("number"))


def approve(registration, *, by):
    """Say yes to a sign-up, for the whole party: a seat if there is one for them, else their place in the queue counts."""
    _check(by)
    with seats_of(registration.activity) as seats:
        rows = [row for row in _party(registration) if row.is_waiting and not row.approved_at]
        has_room = bool(rows) and seats.has_room_for(rows, rows[0].mode)
        for row in rows:
            row.approved_at = seats.now
            row.save(update_fields=["approved_at"])
            seats.change(row, State.CONFIRMED if has_room else State.WAITING, Cause.APPROVED)
    registration.refresh_from_db()
    return registration


def turn_down(registration, *, by, reason):
    """Say no to a sign-up that waits, for the whole party, with a reason that they read."""
    _check(by)
    if not reason.strip():
        raise ValidationError(_("Say why: the person reads it."), code="no_reason")
    with seats_of(registration.activity) as seats:
        for row in _party(registration):
            if row.is_waiting:
                end(seats, row, State.DECLINED, Cause.NOT_APPROVED, reason=reason.strip())
    registration.refresh_from_db()
    return registration


def place_in_queue(registration, *, by, place, reason):
    """Put a waiting party at that place of its queue (1 is next), before policy and time; the reason is kept.

    Everybody up to that place, and whoever was placed before, stands from then on as staff have put them.
    """
    _check(by)
    if not reason.strip():
        raise ValidationError(_("Say why: it stands in the history."), code="no_reason")
    with seats_of(registration.activity) as seats:
        registration.refresh_from_db()
        mode, key = registration.queue or (registration.mode, None)
        order = seats.in_order(mode)
        moved = next((party for party in order if party.key == key), None)
        if moved is None:
            raise ValidationError(_("Only those who wait have a place in the queue."), code="not_waiting")
        order.remove(moved)
        order.insert(max(0, place - 1), moved)
        placed = max(order.index(moved) + 1, sum(party.rank is not None for party in order))
        for rank, party in enumerate(order[:placed], start=1):
            if party.rank != rank:
                _in_line(party).update(rank=rank)
        _in_line(moved).update(reason=reason.strip())
    registration.refresh_from_db()
    return registration


def _in_line(party):
    rows = Registration.objects
    return rows.filter(uuid=party.key) if party.has_seat else rows.waiting().filter(party=party.key)


def move(registration, *, by, activity=None, mode=None, reason=""):
    """Move one place to another activity, or between site and online, if there is a seat; the old seat goes on to the next.

    Raises `ValidationError` where there is none, or where the person is there already.
    """
    _check(by)
    return change_place(registration, activity=activity, mode=mode, cause=Cause.MOVED, reason=reason)


def change_place(registration, *, activity=None, mode=None, cause, reason=""):
    """The same for whoever may: the seat that is left and the one that is taken change hands in one transaction."""
    target = activity or registration.activity
    mode = mode or (registration.mode if registration.mode in target.modes else target.modes[0])
    if mode not in target.modes:
        raise ValidationError(_("The activity cannot be taken part in that way."), code="mode")
    with ExitStack() as stack:
        ordered = sorted({registration.activity_id: registration.activity, target.pk: target}.items())
        locked = {pk: stack.enter_context(seats_of(each)) for pk, each in ordered}
        seats = locked[target.pk]
        registration = Registration.objects.select_related("user", "activity").get(pk=registration.pk)
        if (registration.activity_id, registration.mode) == (target.pk, mode) or not registration.is_active:
            return registration
        _check_target(registration, seats, mode)
        if seats.activity.pk != registration.activity_id and registration.attendances.exists():
            raise ValidationError(_("The person has been there already, and stays on that list."), code="been")
        old, had_seat = registration.activity, registration.is_confirmed
        registration.activity, registration.mode = seats.activity, mode
        registration.party, registration.number, registration.rank = uuid4(), 0, None
        registration.wished_mode, registration.wished_at = "", None
        columns = ["activity", "mode", "party", "number", "rank", "wished_mode", "wished_at"]
        registration.save(update_fields=columns)
        seats.change(registration, State.CONFIRMED, cause, reason=reason)
        if old.pk != target.pk:
            locked[old.pk].forget()
            if had_seat:
                mails.tell_of_leaving(registration, old)
        return registration


def _check_target(registration, seats, mode):
    there = Registration.objects.active().filter(activity=seats.activity).exclude(pk=registration.pk)
    same = there.filter(user=registration.user) if registration.user_id else there.filter(email=registration.email)
    if (registration.user_id or registration.email) and same.exists():
        raise ValidationError(_("The person is signed up there already."), code="twice")
    if seats.free(mode) == 0:
        raise ValidationError(_("There is no free seat there."), code="full")


def correct(registration, *, by, **columns):
    """Put right what somebody wrote wrongly: guest_name, email, company, target_group, shown_to. Seats stay as they are.

    Raises `ValidationError` where the address is somebody else's on the list.
    """
    _check(by)
    unknown = columns.keys() - {"guest_name", "email", "company", "target_group", "shown_to", "language"}
    if unknown:
        raise ValueError(f"Not for correcting: {sorted(unknown)}")
    with seats_of(registration.activity) as seats:
        registration = Registration.objects.select_related("user", "activity").get(pk=registration.pk)
        if email := columns.get("email"):
            columns["email"] = email.lower()
            if is_on_list(registration, email):
                raise ValidationError({"email": ON_LIST})
        for name, value in columns.items():
            setattr(registration, name, value)
        registration.save(update_fields=[*columns])
        seats.shown_names_changed = True
    return registration


def is_on_list(registration, email):
    """Does another who has a place, or waits, in the activity have that address as a guest?"""
    others = Registration.objects.active().filter(activity=registration.activity_id, user=None, email__iexact=email)
    return registration.is_active and others.exclude(pk=registration.pk).exists()


def change_seats(activity, *, by, capacity, online_capacity=None):
    """Give the activity more or fewer seats (None: no limit); new ones are offered at once.

    Raises `ValidationError` where more are taken than there would be: nobody loses a seat this way.
    """
    if not may_edit(by):
        raise PermissionDenied
    with transaction.atomic():
        activity = locked(activity)
        activity.capacity, activity.online_capacity = capacity, online_capacity
        if short := too_few(activity):
            raise ValidationError(short, code="taken")
        activity.save(update_fields=["capacity", "online_capacity"])
        settle_activity(activity)
    return activity


def too_few(activity):
    """What to tell staff where the activity, as it is to become, has fewer seats than are taken; else nothing."""
    seats = Seats(activity)
    for mode, words in (("on_site", _("on site")), ("online", _("online"))):
        wanted, taken = activity.seats(mode), seats.taken(mode)
        if wanted is not None and taken > wanted:
            text = _("%(taken)d seats %(mode)s are taken or held. Move or cancel some first.")
            return text % {"taken": taken, "mode": words}
    return ""
