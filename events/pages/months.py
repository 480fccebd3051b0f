"""The activities of a month or a week as a grid of days with week numbers; an agenda on a phone."""

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import F, Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth import dates
from events.models import Activity, Session
from events.pages.agenda import monday_of


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
    url: str
    days: list


@dataclass
class Span:
    """Whole weeks from a Monday on. `previous`, `following` and `other` are addresses; empty where the calendar ends."""

    title: str
    weeks: list
    previous: str
    following: str
    other: str

    @property
    def is_empty(self):
        return not any(day.items for week in self.weeks for day in week.days)


def horizon(user):
    """The first and the last day of the calendar: as far as the lists go, and at least a year back and ahead."""
    visible = Activity.objects.visible_to(user).order_by()
    reach = Session.objects.filter(activity__in=visible).aggregate(first=Min("starts_at"), last=Max("ends_at"))
    today = timezone.localdate()
    first, last = today - timedelta(days=365), today + timedelta(days=365)
    if reach["first"]:
        first = min(first, timezone.localdate(reach["first"]))
        last = max(last, dates.last_day(reach["first"], reach["last"]))
    return first.replace(day=1), _end_of_month(last)


def month(first, user):
    """The Span of a month; None outside the horizon."""
    earliest, latest = horizon(user)
    if not earliest <= first <= latest:
        return None
    last = _end_of_month(first)
    weeks = _weeks(monday_of(first), last, user, inside=lambda day: day.month == first.month)
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return Span(
        title=f"{dates.month_text(first)} {first.year}",
        weeks=weeks,
        previous=_month_url(before) if before >= earliest else "",
        following=_month_url(after) if after <= latest else "",
        other=_week_url(monday_of(first)),
    )


def week(monday, user):
    """The Span of a week; None where no day of it is within the horizon."""
    earliest, latest = horizon(user)
    if not monday_of(earliest) <= monday <= latest:
        return None
    sunday = monday + timedelta(days=6)
    days = dates.days_text(monday, sunday, with_year=True)
    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    return Span(
        title=_("Week %(number)d, %(days)s") % {"number": monday.isocalendar().week, "days": days},
        weeks=_weeks(monday, sunday, user),
        previous=_week_url(before) if monday > earliest else "",
        following=_week_url(after) if after <= latest else "",
        other=_month_url(min(max(monday + timedelta(days=3), earliest), latest)),
    )


def _end_of_month(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _month_url(day):
    return reverse("events:month", args=[day])


def _week_url(monday):
    return reverse("events:week", args=[monday])


def _weeks(monday, last, user, inside=lambda day: True):
    """Weeks from the Monday until the one with the last day."""
    found, today = [], timezone.localdate()
    on_day = _items(monday, last + timedelta(days=7), user)
    while monday <= last:
        days = [monday + timedelta(days=number) for number in range(7)]
        found.append(
            CalendarWeek(
                text=dates.week_text(monday),
                url=_week_url(monday),
                days=[
                    CalendarDay(day, dates.date_text(day), not inside(day), day == today, on_day.get(day, []))
                    for day in days
                ],
            )
        )
        monday += timedelta(days=7)
    return found


def _items(first, last, user):
    """{day: items} of the sessions that take place on the day, from `first` until before `last`."""
    zone = timezone.get_current_timezone()
    start, end = (datetime.combine(day, time(), zone) for day in (first, last))
    visible = Activity.objects.visible_to(user).order_by()
    sessions = Session.objects.filter(activity__in=visible, starts_at__lt=end, ends_at__gt=start)
    found = {}
    for session in sessions.select_related("activity").order_by(F("starts_at"), "pk"):
        for day in dates.days_between(session.starts_at, session.ends_at):
            if first <= day < last:
                found.setdefault(day, []).append(_item(session, day))
    return found


def _item(session, day):
    activity = session.activity
    times = dates.part_text(day, session.starts_at, session.ends_at)
    return CalendarItem(activity.url, activity.title, times, activity.is_cancelled)
