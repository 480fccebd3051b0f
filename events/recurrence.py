"""On which dates an activity comes back: a rule as plain values, without a database."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday
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
        days = (moment.date() for moment in self._endless())
        wanted = takewhile(lambda day: self.until is None or day <= self.until, days)
        return list(islice(wanted, min(self.count or MOST, MOST)))

    def _endless(self):
        if self.frequency == "chosen":
            return rrule(DAILY, dtstart=self.starts_on, count=1)
        if self.frequency == "weekly":
            return rrule(WEEKLY, dtstart=self.starts_on, interval=self.interval)
        place = -1 if self.frequency == "last" else ordinal(self.starts_on)
        return rrule(MONTHLY, dtstart=self.starts_on, byweekday=weekday(self.starts_on.weekday())(place))


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
