"""What staff do with registrations: approve, turn down, reorder, move, correct, change the number of seats."""

from contextlib import ExitStack
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativenorth.text.addresses import normal_address
from events.actions.cancellation import end_registration
from events.actions.seats import Seats, lock_activity, locked_seats, settle_activity
from events.models import Cause, Registration, State
from events.permissions import may_edit, may_manage_registrations

ADDRESS_TAKEN = gettext_lazy("Somebody of that name and address is on the list already.")


def _check(by):
    if not may_manage_registrations(by):
        raise PermissionDenied


def _party(registration):
    rows = Registration.objects.active().filter(party=registration.party)
    return list(rows.select_related("user", "activity").order_by("number"))


def approve(registration, *, by):
    """Approve a sign-up, for the whole party: they get seats if there is room, else they wait."""
    _check(by)
    with locked_seats(registration.activity) as seats:
        rows = [row for row in _party(registration) if row.is_waiting and not row.approved_at]
        has_room = bool(rows) and seats.has_room_for(rows, rows[0].mode)
        for row in rows:
            row.approved_at = seats.now
            row.save(update_fields=["approved_at"])
            seats.change(row, State.CONFIRMED if has_room else State.WAITING, Cause.APPROVED)
    registration.refresh_from_db()
    return registration


def turn_down(registration, *, by, reason):
    """Turn down a sign-up that waits, for the whole party, with a reason that they read."""
    _check(by)
    if not reason.strip():
        raise ValidationError(_("Say why: the person reads it."), code="no_reason")
    with locked_seats(registration.activity) as seats:
        for row in _party(registration):
            if row.is_waiting:
                end_registration(seats, row, State.DECLINED, Cause.NOT_APPROVED, by=by, reason=reason.strip())
    registration.refresh_from_db()
    return registration


def set_queue_position(registration, *, by, queue_position, reason):
    """Put a waiting party at that position of its queue (1 is next), regardless of policy and time; the reason is kept.

    Everybody up to that position, and whoever had a rank before, keeps the order of this moment as rank.
    """
    _check(by)
    if not reason.strip():
        raise ValidationError(_("Say why: it stands in the history."), code="no_reason")
    with locked_seats(registration.activity) as seats:
        registration.refresh_from_db()
        mode, key = registration.queue or (registration.mode, None)
        order = seats.in_order(mode)
        moved = next((party for party in order if party.key == key), None)
        if moved is None:
            raise ValidationError(_("Only those who wait have a place in the queue."), code="not_waiting")
        order.remove(moved)
        order.insert(max(0, queue_position - 1), moved)
        placed = max(order.index(moved) + 1, sum(party.rank is not None for party in order))
        for rank, party in enumerate(order[:placed], start=1):
            if party.rank != rank:
                _rows_of_party(party).update(rank=rank)
        _rows_of_party(moved).update(reason=reason.strip())
    registration.refresh_from_db()
    return registration


def _rows_of_party(party):
    rows = Registration.objects
    return rows.filter(uuid=party.key) if party.has_seat else rows.waiting().filter(party=party.key)


def move(registration, *, by, activity=None, mode=None, reason=""):
    """Move one registration to another activity or mode, if there is a seat; its old seat is offered to the next.

    Raises `ValidationError` where there is none, or where the person is signed up there already.
    """
    _check(by)
    target = activity or registration.activity
    mode = mode or (registration.mode if registration.mode in target.modes else target.modes[0])
    if mode not in target.modes:
        raise ValidationError(_("The activity cannot be taken part in that way."), code="mode")
    with ExitStack() as stack:
        ordered = sorted({registration.activity_id: registration.activity, target.pk: target}.items())
        seats_by_activity = {pk: stack.enter_context(locked_seats(each)) for pk, each in ordered}
        seats = seats_by_activity[target.pk]
        registration = Registration.objects.select_related("user", "activity").get(pk=registration.pk)
        if (registration.activity_id, registration.mode) == (target.pk, mode) or not registration.is_active:
            return registration
        _check_target(registration, seats, mode)
        if seats.activity.pk != registration.activity_id and registration.attendances.exists():
            raise ValidationError(_("The person has been there already, and stays on that list."), code="attended")
        old, had_seat = registration.activity, registration.is_confirmed
        registration.activity, registration.mode = seats.activity, mode
        registration.party, registration.number, registration.rank = uuid4(), 0, None
        registration.wished_mode, registration.wished_at = "", None
        columns = ["activity", "mode", "party", "number", "rank", "wished_mode", "wished_at"]
        registration.save(update_fields=columns)
        moved_from = old if old.pk != target.pk and had_seat and not old.is_over else None
        seats.change(registration, State.CONFIRMED, Cause.MOVED, by=by, moved_from=moved_from, reason=reason)
        if old.pk != target.pk:
            seats_by_activity[old.pk].clear_counts()
        return registration


def _check_target(registration, seats, mode):
    there = Registration.objects.active().filter(activity=seats.activity).exclude(pk=registration.pk)
    if (there & registration.of_same_person()).exists():
        raise ValidationError(_("The person is signed up there already."), code="twice")
    if seats.free(mode) == 0:
        raise ValidationError(_("There is no free seat there."), code="full")


def correct(registration, *, by, **columns):
    """Correct guest_name, email, company, target_group, shown_to or language. Seats stay as they are.

    Raises `ValidationError` where somebody else of that name and address is on the list.
    """
    _check(by)
    unknown = columns.keys() - {"guest_name", "email", "company", "target_group", "shown_to", "language"}
    if unknown:
        raise ValueError(f"Not for correcting: {sorted(unknown)}")
    with locked_seats(registration.activity) as seats:
        registration = Registration.objects.select_related("user", "activity").get(pk=registration.pk)
        if email := columns.get("email"):
            columns["email"] = normal_address(email)
        for name, value in columns.items():
            setattr(registration, name, value)
        if is_twice_on_list(registration, email=registration.email, name=registration.guest_name):
            raise ValidationError({"email": ADDRESS_TAKEN})
        registration.save(update_fields=[*columns])
        seats.shown_names_changed = True
    return registration


def is_twice_on_list(registration, *, email, name):
    """Whether another guest of the activity has that address and name."""
    others = Registration.objects.active().of_guest(email, name).filter(activity=registration.activity_id)
    return bool(email) and registration.is_active and others.exclude(pk=registration.pk).exists()


def change_seats(activity, *, by, capacity, online_capacity=None):
    """Set the number of seats (None: no limit); additional ones are offered at once.

    Raises `ValidationError` where more are taken than there would be: nobody loses a seat this way.
    """
    if not may_edit(by):
        raise PermissionDenied
    with transaction.atomic():
        activity = lock_activity(activity)
        activity.capacity, activity.online_capacity = capacity, online_capacity
        if short := too_few_seats_text(activity):
            raise ValidationError(short, code="taken")
        activity.save(update_fields=["capacity", "online_capacity"])
        settle_activity(activity)
    return activity


def too_few_seats_text(activity):
    """An error for staff where the activity, whose changes need not be saved yet, has fewer seats than are taken; else ""."""
    seats = Seats(activity)
    for mode, words in (("on_site", _("on site")), ("online", _("online"))):
        wanted, taken = activity.seats(mode), seats.taken(mode)
        if wanted is not None and taken > wanted:
            text = _("%(taken)d seats %(mode)s are taken or held. Move or cancel some first.")
            return text % {"taken": taken, "mode": words}
    return ""
