"""On which dates an activity comes back: a rule as plain values, without a database."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST = 60  # dates of one series
WIDEST = 12  # weeks between two dates
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Rule:
    """`frequency` as in models.series; `until`, a date, or `count`, of all the dates, is where it ends."""

    frequency: str
    starts_on: date
    interval: int = 1
    until: date | None = None
    count: int | None = None

    def dates(self):
        """From the first on, MOST of them at most."""
        found = []
        for day in self._endless():
            is_over = (self.until and day > self.until) or (self.count and len(found) >= self.count)
            if is_over or len(found) >= MOST:
                return found
            found.append(day)
        return found

    def _endless(self):
        if self.frequency == "weekly":
            return (self.starts_on + number * self.interval * WEEK for number in range(MOST + 1))
        if self.frequency == "chosen":
            return iter([self.starts_on])
        place = -1 if self.frequency == "last" else ordinal(self.starts_on)
        months = (_month_after(self.starts_on, number) for number in range(MOST + 1))
        return (weekday_of_month(year, month, self.starts_on.weekday(), place) for year, month in months)


def ordinal(day):
    """1 for the first such weekday of its month, up to 5."""
    return (day.day - 1) // 7 + 1


def is_last(day):
    """Is it the last such weekday of its month?"""
    return day.month != (day + WEEK).month


def frequencies_for(day):
    """By which of the frequencies a series may begin on that day: not every month has a fifth Friday."""
    monthly = ["monthly"] * (ordinal(day) < 5) + ["last"] * is_last(day)
    return ["weekly", *monthly, "chosen"]


def weekday_of_month(year, month, weekday, place):
    """The first … fourth such weekday of the month, or the last with place -1."""
    first_weekday, length = monthrange(year, month)
    first = 1 + (weekday - first_weekday) % 7
    return date(year, month, first + 7 * (place - 1) if place > 0 else first + 7 * ((length - first) // 7))


def _month_after(day, number):
    years, month = divmod(day.month - 1 + number, 12)
    return day.year + years, month + 1


def in_words(rule):
    """ "Every second week on Tuesdays" – of a Rule or a Series, by its frequency, interval and first day."""
    day = weekday_text(rule.starts_on)
    if rule.frequency == "chosen":
        return _("on chosen dates")
    if rule.frequency == "last":
        return _("every month, the last %(day)s") % {"day": day}
    if rule.frequency == "monthly":
        place = [_("the first"), _("the second"), _("the third"), _("the fourth")][ordinal(rule.starts_on) - 1]
        return _("every month, %(place)s %(day)s") % {"place": place, "day": day}
    words = ngettext("every week on a %(day)s", "every %(number)d weeks on a %(day)s", rule.interval)
    return words % {"day": day, "number": rule.interval}


def weekday_text(day):
    """ "tisdag" / "Tuesday"."""
    name = formats.date_format(day, "l")
    return name.lower() if translation.get_language() == "sv" else name
