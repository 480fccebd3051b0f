"""A person's own activities, in a constant number of queries."""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Max, Min, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth.dates import moment_text, month_text
from creativenorth.prepared import Now, prepared
from creativenorth.text.swedish import name_key
from events.actions.mails.links import registration_path
from events.actions.seats import Seats
from events.models import Registration, Session, State
from events.models.attendance import has_attended
from events.models.states import ACTIVE
from events.pages.queue_position import queue_position, wish_text
from events.texts import next_session_text

MOST = 30
PAST_SHOWN = 5


@dataclass(slots=True)
class MyActivity:
    """One of a person's registrations as text."""

    url: str
    title: str
    day: str  # of the next session, else of the first; "" without any
    month_text: str
    date_text: str
    place_text: str
    for_whom: str  # somebody else who has signed up from the person's mailbox
    state: str
    state_text: str
    reason: str = ""

    @property
    def is_past(self):
        return self.state == "past"


class MyActivities(list):
    """Rows of a person, those that are over last."""

    @property
    def coming(self):
        return [row for row in self if not row.is_past]

    @property
    def past(self):
        return [row for row in self if row.is_past]


def my_activities(user):
    """Offers first, since they run out; then what is to come, the next first; then what is over, the latest first."""
    rows = _registrations(user)
    coming = sorted((row for row in rows if not row.is_past), key=lambda row: not row.is_offered)[:MOST]
    past = [row for row in rows if row.is_past][:PAST_SHOWN]
    seats = Seats.for_activities([row.activity for row in coming if row.queue])
    return MyActivities(_my_activity(row, seats, user) for row in coming + past)


@prepared
def _registrations(user):
    """What is to come, then what is over, as far as there is room for it."""
    times = {"starts": "activity__sessions__starts_at", "ends": "activity__sessions__ends_at"}
    rows = Registration.objects.reached_by(user).select_related("activity").defer("activity__folded")
    rows = rows.annotate(
        **{name: ArrayAgg(column, order_by="activity__sessions__starts_at") for name, column in times.items()},
        last=Max(times["ends"]),
        first=Min(times["starts"]),
        has_attended=has_attended(),
        is_past=Case(When(last__lte=Now(), then=True), default=False),
    )
    coming = Q(is_past=False, state__in=ACTIVE)
    past = Q(is_past=True) & (Q(state=State.CONFIRMED) | Q(has_attended=True))
    by_start = Case(When(is_past=False, then="first"))
    return rows.filter(coming | past).order_by("is_past", by_start, "-last", "pk")[: MOST + PAST_SHOWN]


def _my_activity(row, seats, user):
    activity = row.activity
    sessions = [
        Session(starts_at=starts_at, ends_at=ends_at)
        for starts_at, ends_at in zip(row.starts, row.ends, strict=True)
        if starts_at
    ]
    is_own = row.user_id == user.pk or name_key(row.guest_name) == name_key(user.name)
    position = None if row.is_past else _position(row, seats)
    shown = next((session for session in sessions if not session.is_over), sessions[0] if sessions else None)
    starts_at = timezone.localtime(shown.starts_at) if shown else None
    return MyActivity(
        url=registration_path(row),
        for_whom="" if is_own else row.name,
        title=activity.title,
        day=str(starts_at.day) if starts_at else "",
        month_text=month_text(starts_at) if starts_at else "",
        date_text=next_session_text(sessions) if sessions else _("The date is not set yet"),
        place_text=_("online") if row.mode == "online" else activity.place_text,
        state="past" if row.is_past else row.state,
        state_text=_state_text(row, position),
        reason=_reason(row, position),
    )


def _position(row, seats):
    if row.queue is None:
        return None
    counted = seats[row.activity_id]
    counted.starts_at = row.first
    return queue_position(row, counted)


def _reason(row, position):
    if position and row.wished_mode:
        return wish_text(row, position)
    return position.reason if position else ""


def _state_text(row, position):
    if row.is_past:
        return _("You were there") if row.has_attended else _("You had a seat")
    if row.is_offered:
        return _("Answer by %(moment)s") % {"moment": moment_text(row.held_until)}
    if row.is_waiting:
        return position.text if position else _("You are in the queue")
    return _("You have a seat")
