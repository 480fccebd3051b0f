"""On which dates an activity is repeated, as plain values without a database."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAX_DATES = 60  # dates of one series
MAX_WEEKS_BETWEEN = 12  # weeks between two dates
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Rule:
    """`frequency` as in `events.models.series.Frequency`. The rule ends at the date `until` or after `count` dates in all."""

    frequency: str
    starts_on: date
    interval: int = 1
    until: date | None = None
    count: int | None = None

    def dates(self):
        """The dates from `starts_on` on, at most MAX_DATES."""
        found = []
        for day in self._candidates():
            is_over = (self.until and day > self.until) or (self.count and len(found) >= self.count)
            if is_over or len(found) >= MAX_DATES:
                return found
            found.append(day)
        return found

    def _candidates(self):
        if self.frequency == "weekly":
            return (self.starts_on + number * self.interval * WEEK for number in range(MAX_DATES + 1))
        if self.frequency == "chosen":
            return iter([self.starts_on])
        nth = -1 if self.frequency == "last" else ordinal(self.starts_on)
        months = (_month_after(self.starts_on, number) for number in range(MAX_DATES + 1))
        return (weekday_of_month(year, month, self.starts_on.weekday(), nth) for year, month in months)


def ordinal(day):
    return (day.day - 1) // 7 + 1


def is_last(day):
    return day.month != (day + WEEK).month


def frequencies_for(day):
    """The frequencies by which a series may begin on that day: not every month has a fifth Friday."""
    monthly = ["monthly"] * (ordinal(day) < 5) + ["last"] * is_last(day)
    return ["weekly", *monthly, "chosen"]


def weekday_of_month(year, month, weekday, nth):
    """The `nth` such weekday of the month, 1 to 4; -1 for the last."""
    first_weekday, length = monthrange(year, month)
    first = 1 + (weekday - first_weekday) % 7
    return date(year, month, first + 7 * (nth - 1) if nth > 0 else first + 7 * ((length - first) // 7))


def _month_after(day, number):
    years, month = divmod(day.month - 1 + number, 12)
    return day.year + years, month + 1


def rule_text(rule):
    """ "Every second week on Tuesdays". The rule is a Rule or a Series: anything with frequency, interval and starts_on."""
    day = weekday_text(rule.starts_on)
    if rule.frequency == "chosen":
        return _("on chosen dates")
    if rule.frequency == "last":
        return _("every month, the last %(day)s") % {"day": day}
    if rule.frequency == "monthly":
        nth = [_("the first"), _("the second"), _("the third"), _("the fourth")][ordinal(rule.starts_on) - 1]
        return _("every month, %(place)s %(day)s") % {"place": nth, "day": day}
    words = ngettext("every week on a %(day)s", "every %(number)d weeks on a %(day)s", rule.interval)
    return words % {"day": day, "number": rule.interval}


def weekday_text(day):
    name = formats.date_format(day, "l")
    return name.lower() if translation.get_language() == "sv" else name
