"""On which dates an activity is repeated, as plain values without a database."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday
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
        """From the first on, MAX_DATES of them at most."""
        days = (moment.date() for moment in self._endless())
        wanted = takewhile(lambda day: self.until is None or day <= self.until, days)
        return list(islice(wanted, min(self.count or MAX_DATES, MAX_DATES)))

    def _endless(self):
        if self.frequency == "chosen":
            return rrule(DAILY, dtstart=self.starts_on, count=1)
        if self.frequency == "weekly":
            return rrule(WEEKLY, dtstart=self.starts_on, interval=self.interval)
        nth = -1 if self.frequency == "last" else ordinal(self.starts_on)
        return rrule(MONTHLY, dtstart=self.starts_on, byweekday=weekday(self.starts_on.weekday())(nth))


def ordinal(day):
    return (day.day - 1) // 7 + 1


def is_last(day):
    return day.month != (day + WEEK).month


def frequencies_for(day):
    """The frequencies by which a series may begin on that day: not every month has a fifth Friday."""
    monthly = ["monthly"] * (ordinal(day) < 5) + ["last"] * is_last(day)
    return ["weekly", *monthly, "chosen"]


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
