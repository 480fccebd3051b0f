"""Seats: every way of taking, offering, freeing or moving one goes through here.

Seats are counted from rows, under a short lock on the activity's row; the database too refuses a seat too many
(events.models.registration). `locked_seats` settles before and after each change, so that afterwards no seat is free
while somebody waits who may have it.
"""

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from creativenorth.prepared import prepared
from creativenorth.web import pagecache
from events import waiting_list
from events.actions.mails.steps import mail_new_state
from events.models import Activity, Cause, Registration, ShownTo, State
from events.models.states import TAKEN


class Busy(Exception):
    """Somebody else locked the activity for too long. Nothing was changed, and one may try again."""


def lock_activity(activity):
    """The activity's row as it is now, locked until the transaction ends. Raises `Busy`."""
    try:
        return Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise Busy from error
        raise


class Seats:
    """The seats of an activity at a moment, counted from rows; true for as long as the activity is locked."""

    def __init__(self, activity, now=None):
        self.activity, self.now = activity, now or timezone.now()
        self.shown_names_changed = False

    @classmethod
    def for_activities(cls, activities):
        """{key: Seats} of several activities, in one query, without a lock: only to be read."""
        found = {activity.pk: cls(activity) for activity in activities}
        rows = defaultdict(list)
        for row in _rows_of(list(found)) if found else []:
            rows[row.activity].append(row)
        for pk, seats in found.items():
            seats._rows = rows[pk]
        return found

    @cached_property
    def starts_at(self):
        return min((session.starts_at for session in self.activity.sessions.all()), default=None)

    @cached_property
    def rules(self):
        held = Counter()
        for (_, company), number in self._taken.items():
            held[company] += number
        return waiting_list.Rules(policy=self.activity.policy, company_limit=self.activity.company_limit, held=held)

    @cached_property
    def _rows(self):
        return _rows_of([self.activity.pk])

    @cached_property
    def _taken(self):
        return Counter((row.mode, row.company) for row in self._rows if row.state in TAKEN)

    @cached_property
    def _waiting(self):
        """Those who wait for a seat and those who wait for one of the other mode: {(mode, key of the party): rows}."""
        found = defaultdict(list)
        for row in self._rows:
            if row.state == State.WAITING:
                found[row.mode, row.party].append(row)
            elif row.state == State.CONFIRMED and row.wished_mode:
                found[row.wished_mode, row.uuid].append(row)
        return found

    def taken(self, mode):
        return sum(number for (of_mode, _), number in self._taken.items() if of_mode == mode)

    def free(self, mode):
        """How many seats nobody has; None where there is no limit."""
        seats = self.activity.seats(mode)
        return None if seats is None else max(0, seats - self.taken(mode))

    @property
    def is_full(self):
        return all(self.free(mode) == 0 for mode in self.activity.modes)

    @property
    def few_left(self):
        return self.activity.few_left(sum(self._taken.values()))

    def change(self, registration, state, cause, *, by=None, moved_from=None, **columns):
        """Set the state of the registration, mail the person, and count anew. The mail says who did it, and from where."""
        self.shown_names_changed |= registration.shown_to == ShownTo.EVERYONE
        was_confirmed = registration.is_confirmed
        registration.change_state(state, cause, at=self.now, **columns)
        self.clear_counts()
        mail_new_state(registration, self.activity, was_confirmed=was_confirmed, by=by, moved_from=moved_from)

    def clear_counts(self):
        for name in ("_rows", "_taken", "rules", "_waiting"):
            self.__dict__.pop(name, None)

    @property
    def offers_end_at(self):
        cutoff = timedelta(hours=self.activity.cutoff_hours)
        return waiting_list.last_offer_at(self.starts_at, cutoff) if self.starts_at else None

    @property
    def can_offer(self):
        """Whether free seats are offered now: the activity is public, not cancelled and before its cut-off."""
        is_on = self.activity.is_public and not self.activity.is_cancelled
        return is_on and (self.starts_at is None or self.now <= self.offers_end_at)

    def waiting(self, mode):
        return [self._party(key, rows) for (of_mode, key), rows in self._waiting.items() if of_mode == mode]

    def in_order(self, mode):
        return waiting_list.in_order(self.waiting(mode), self.rules)

    def next_party(self, mode):
        if self.free(mode) == 0 or not self.can_offer:
            return None
        return waiting_list.next_party(self.waiting(mode), self.free(mode), self.rules)

    def _party(self, key, rows):
        groups, has_seat = self.activity.target_groups, rows[0].state != State.WAITING
        return waiting_list.Party(
            key=key,
            size=len(rows),
            queued_at=min(row.wished_at if has_seat else row.queued_at for row in rows),
            companies=Counter(row.company for row in rows if row.company and not has_seat),
            rank=rows[0].rank,
            is_approved=has_seat or not self.activity.needs_approval or all(row.approved_at for row in rows),
            is_of_target_group=all(row.target_group in groups for row in rows),
            has_seat=has_seat,
        )

    def has_room_for(self, registrations, mode):
        """Whether these may have seats at once. Everybody who waits and may have a seat has been offered one by then."""
        party = waiting_list.Party(
            key=registrations[0].party,
            size=len(registrations),
            queued_at=self.now,
            companies=Counter(each.company_id for each in registrations if each.company_id),
        )
        return not waiting_list.obstacle(party, self.free(mode), self.rules)


@prepared
def _rows_of(activities):
    """The active registrations of the activities, with what seats and queue depend on."""
    columns = (
        "activity",
        "state",
        "mode",
        "company",
        "party",
        "uuid",
        "queued_at",
        "rank",
        "approved_at",
        "target_group",
    )
    rows = Registration.objects.active().filter(activity__in=activities).order_by("number")
    return rows.values_list(*columns, "wished_mode", "wished_at", named=True)


@contextmanager
def locked_seats(activity, now=None):
    """The seats of the activity, locked, for a `with` block that changes them; settled before and after it.

    Before, so that nobody passes those whose turn it is; after, so that freed seats are offered. One transaction with
    everything in the block. Raises `Busy`.
    """
    with transaction.atomic():
        seats = Seats(lock_activity(activity), now)
        shown = (seats.is_full, seats.few_left)
        settle(seats)
        yield seats
        seats.clear_counts()
        settle(seats)
        if (seats.is_full, seats.few_left) != shown or seats.shown_names_changed:
            pagecache.expire_pages()


def settle(seats):
    """End offers that were not answered in time, and offer what is free to those whose turn it is."""
    late = Registration.objects.filter(activity=seats.activity, state=State.OFFERED, held_until__lte=seats.now)
    for registration in late.select_related("user").order_by("pk"):
        seats.change(registration, State.DECLINED, Cause.NO_ANSWER)
    while found := _next_offer(seats):
        mode, party = found
        if party.has_seat:
            _switch(seats, party, mode)
        else:
            _offer(seats, party)


def _next_offer(seats):
    """The (mode, party) to which a free seat goes now, or None. A seat left by a switch may serve the other mode's queue."""
    return next(((mode, party) for mode in seats.activity.modes if (party := seats.next_party(mode))), None)


def _switch(seats, party, mode):
    """Give somebody with a seat the one of the other mode that they wait for; the old one becomes free."""
    registration = Registration.objects.select_related("user").get(uuid=party.key)
    registration.mode = mode
    seats.change(registration, State.CONFIRMED, Cause.SWITCHED)


def _offer(seats, party):
    activity = seats.activity
    hold, cutoff = timedelta(hours=activity.offer_hours), timedelta(hours=activity.cutoff_hours)
    # An activity without a date yet has no start that would shorten the time.
    starts_at = seats.starts_at or seats.now + 10 * hold + cutoff
    until = waiting_list.held_until(seats.now, starts_at, hold=hold, cutoff=cutoff)
    rows = Registration.objects.waiting().filter(activity=activity, party=party.key).select_related("user")
    for registration in rows.order_by("number"):
        seats.change(registration, State.OFFERED, Cause.SEAT_FREE, held_until=until)


def settle_activity(activity, now=None):
    """For what changes no registration: the clock, and staff who have changed the rules."""
    with locked_seats(activity, now):
        pass


def unsettled(now=None):
    """Activities that time alone may change: somebody waits for one to come, or an offer has run out."""
    now = now or timezone.now()
    pending = Registration.objects.filter(Q(state__in=[State.OFFERED, State.WAITING]) | ~Q(wished_mode=""))
    late = pending.filter(held_until__lte=now).values("activity")
    waiting = pending.filter(activity__sessions__starts_at__gt=now).values("activity")
    return Activity.objects.filter(Q(pk__in=late) | Q(pk__in=waiting)).order_by("pk")
