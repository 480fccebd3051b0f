"""A person's own activities: offered, coming, waiting with place and reason, and past. A constant number of queries."""

from dataclasses import dataclass

from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth import dates
from creativenorth.web import secret_links
from events.actions.mails import MANAGE
from events.actions.seats import Seats
from events.models import Registration, State
from events.models.attendance import has_been
from events.pages.queue_position import standing_of, wish_text
from events.words import moment_text

MOST = 30
PAST_SHOWN = 5


@dataclass(slots=True)
class Mine:
    """One of a person's registrations, in words."""

    url: str
    title: str
    date_text: str
    place_text: str
    state: str
    state_text: str
    reason: str = ""


def my_activities(user):
    """Offers first, for they run out; then what comes, the next first; then what has been, the latest first."""
    rows = (
        Registration.objects.of(user)
        .select_related("activity", "user")
        .annotate(starts_at=Min("activity__sessions__starts_at"), ends_at=Max("activity__sessions__ends_at"))
    )
    now = timezone.now()
    coming = rows.active().filter(Q(ends_at__gt=now) | Q(ends_at=None)).order_by("starts_at", "pk")[:MOST]
    past = (
        rows.annotate(has_been=has_been())
        .filter(Q(state=State.CONFIRMED) | Q(has_been=True))
        .filter(ends_at__lte=now)
        .order_by("-ends_at", "pk")[:PAST_SHOWN]
    )
    coming = sorted(coming, key=lambda row: not row.is_offered)
    seats = Seats.of_all([row.activity for row in coming if row.queue])
    return [_mine(row, seats) for row in coming] + [_mine(row, seats, is_past=True) for row in past]


def _mine(row, seats, is_past=False):
    activity = row.activity
    standing = standing_of(row, seats.get(activity.pk))
    return Mine(
        url=reverse("events:place", args=[secret_links.token(row.uuid, MANAGE)]),
        title=activity.title,
        date_text=_date_text(row.starts_at),
        place_text=_("online") if row.mode == "online" else activity.place_text,
        state="past" if is_past else row.state,
        state_text=_state_text(row, standing, is_past),
        reason=_reason(row, standing),
    )


def _date_text(starts_at):
    if starts_at is None:
        return _("The date is not set yet")
    return f"{dates.date_text(starts_at)}, {dates.week_text(starts_at)}"


def _reason(row, standing):
    if standing and row.wished_mode:
        return wish_text(row, standing)
    return standing.reason if standing else ""


def _state_text(row, standing, is_past):
    if is_past:
        return _("Been there") if row.has_been else _("You had a seat")
    if row.is_offered:
        return _("Answer by %(moment)s") % {"moment": moment_text(row.held_until)}
    if row.is_waiting:
        return standing.text if standing else _("You are in the queue")
    return _("You have a seat")
