"""The activities of a month or a week as a grid of days with week numbers; an agenda on a phone."""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth import dates
from events.models import Activity, Session

FIRST_YEAR, LAST_YEAR = 2020, 2100


@dataclass(slots=True)
class CalendarItem:
    """A session on one day."""

    url: str
    title: str
    time_text: str
    is_cancelled: bool


@dataclass(slots=True)
class CalendarDay:
    date: date
    text: str
    is_outside: bool
    is_today: bool
    items: list = field(default_factory=list)


@dataclass(slots=True)
class CalendarWeek:
    text: str
    slug: str
    days: list


@dataclass
class Span:
    """Whole weeks from a Monday on. `previous`, `following` and `other` are the last parts of the addresses of neighbours."""

    title: str
    weeks: list
    previous: str
    following: str
    other: str

    @property
    def is_empty(self):
        return not any(day.items for week in self.weeks for day in week.days)


def month(year, number, user):
    first = date(year, number, 1)
    last = date(year, number, calendar.monthrange(year, number)[1])
    title = f"{dates.month_text(first)} {year}"
    weeks = _weeks(first - timedelta(days=first.weekday()), last, user, inside=lambda day: day.month == number)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return Span(title, weeks, f"{before:%Y-%m}", f"{after:%Y-%m}", other=_week_slug(first))


def week(year, number, user):
    monday = date.fromisocalendar(year, number, 1)
    weeks = _weeks(monday, monday + timedelta(days=6), user)
    title = _("Week %(number)d, %(days)s %(year)d") % {
        "number": number,
        "days": dates.days_text(monday, monday + timedelta(days=6)),
        "year": year,
    }
    neighbours = (_week_slug(monday - timedelta(days=7)), _week_slug(monday + timedelta(days=7)))
    return Span(title, weeks, *neighbours, other=f"{monday + timedelta(days=3):%Y-%m}")


def _week_slug(day):
    year, number, _weekday = day.isocalendar()
    return f"{year}-v{number:02d}"


def _weeks(monday, last, user, inside=lambda day: True):
    """Weeks from the Monday until the one with the last day."""
    found, today = [], timezone.localdate()
    on_day = _items(monday, last + timedelta(days=7), user)
    while monday <= last:
        days = [monday + timedelta(days=number) for number in range(7)]
        found.append(
            CalendarWeek(
                text=dates.week_text(monday),
                slug=_week_slug(monday),
                days=[
                    CalendarDay(day, dates.date_text(day), not inside(day), day == today, on_day.get(day, []))
                    for day in days
                ],
            )
        )
        monday += timedelta(days=7)
    return found


def _items(first, last, user):
    """{day: items} of the sessions that begin on or last into the day."""
    zone = timezone.get_current_timezone()
    start, end = (datetime.combine(day, time(), zone) for day in (first, last))
    visible = Activity.objects.visible_to(user).order_by()
    sessions = Session.objects.filter(activity__in=visible, starts_at__lt=end, ends_at__gt=start)
    found = {}
    for session in sessions.select_related("activity").order_by(F("starts_at"), "pk"):
        begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        item = CalendarItem(
            session.activity.url, session.activity.title, dates.time_text(begins, ends), session.activity.is_cancelled
        )
        day = max(begins.date(), first)
        while day <= min(ends.date(), last):
            found.setdefault(day, []).append(item)
            day += timedelta(days=1)
    return found
