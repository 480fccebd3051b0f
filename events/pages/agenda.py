"""Sessions as rows of an agenda, grouped by ISO week."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import groupby

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language

from creativenorth import dates
from events.models.activity import Kind, Language
from events.models.signup import Audience
from events.texts import seats_left_text


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A session as the templates of an agenda show it. `week_text` is empty below a heading with the week."""

    url: str
    title: str
    summary: str
    starts_at_iso: str
    day: int
    month_text: str
    week_text: str
    date_text: str
    time_text: str
    place_text: str
    kind_text: str
    seats_text: str
    is_full: bool
    language_text: str
    is_cancelled: bool
    unpublished_text: str


@dataclass(slots=True)
class AgendaWeek:
    text: str
    span_text: str
    rows: list


@lru_cache(maxsize=4096)
def _texts(starts_at, ends_at, language, today):
    """What a row says of its time; remembered, since formatting dates takes most of a list's time."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return {
        "starts_at_iso": start.isoformat(),
        "day": start.day,
        "month_text": dates.month_text(start),
        "week_text": dates.week_text(start),
        "date_text": dates.start_date_text(start, end),
        "time_text": dates.time_text(start, end),
    }


@lru_cache(maxsize=64)
def _label(choices, value, language):
    return capfirst(str(choices(value).label))


def agenda_row(session, *, with_week=True):
    """The row of a session whose activity is loaded."""
    activity, language = session.activity, get_language()
    times = _texts(session.starts_at, session.ends_at, language, timezone.localdate())
    left = activity.few_left(session.taken) if _takes_sign_ups(session, activity) else None
    return AgendaRow(
        url=activity.url,
        title=activity.title,
        summary=activity.summary,
        place_text=capfirst(activity.place_text),
        kind_text=_label(Kind, activity.kind, language),
        seats_text=seats_left_text(left),
        is_full=left == 0,
        language_text="" if activity.language == language else _label(Language, activity.language, language),
        is_cancelled=activity.is_cancelled,
        unpublished_text=activity.unpublished_text,
        **(times if with_week else times | {"week_text": ""}),
    )


def _takes_sign_ups(session, activity):
    """`taken` is there on sessions that were read `for_rows`."""
    open_ones = (
        activity.audience != Audience.NOBODY and not activity.is_cancelled and session.starts_at > timezone.now()
    )
    return open_ones and hasattr(session, "taken")


def weeks(sessions):
    """Sessions, in order of time, as AgendaWeeks."""
    by_monday = groupby(sessions, key=lambda session: monday_of(timezone.localtime(session.starts_at).date()))
    return [
        AgendaWeek(
            text=dates.week_text(monday),
            span_text=dates.days_text(monday, monday + timedelta(days=6)),
            rows=[agenda_row(session, with_week=False) for session in group],
        )
        for monday, group in by_monday
    ]


def monday_of(day):
    return day - timedelta(days=day.weekday())
