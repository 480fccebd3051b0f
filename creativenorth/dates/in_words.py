"""Dates and times as Swedes read them, with ISO week numbers, in Europe/Stockholm.

What lasts from one moment to another is said by `date_text` of its start and `time_text` beside it, or by `span_text` in one.
"""

from datetime import time, timedelta

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _


def _local(moment):
    return timezone.localtime(moment) if hasattr(moment, "tzinfo") else moment


def week_text(day):
    """ "v. 47" / "wk 47" of a date or an aware datetime."""
    return _("wk %(number)d") % {"number": _local(day).isocalendar().week}


def date_text(day, with_year=None):
    """ "tis 24 november" / "Tue 24 November"; the year only where it is not the present one."""
    day = _local(day)
    if with_year is None:
        with_year = _is_of_another_year(day)
    weekday = (
        formats.date_format(day, "D").lower() if translation.get_language() == "sv" else formats.date_format(day, "D")
    )
    return f"{weekday} {day.day} {month_text(day)}" + (f" {day.year}" if with_year else "")


def _is_of_another_year(day):
    return day.year != timezone.localdate().year


def month_text(day):
    """ "november" / "November"."""
    month = formats.date_format(_local(day), "F")
    return month.lower() if translation.get_language() == "sv" else month


def short_date_text(day):
    """ "1 dec"; short enough for a figure, and never taken for a fraction."""
    day = _local(day)
    return f"{day.day} {month_text(day)[:3]}"


def days_text(first, last, with_year=None):
    """ "7–13 december", "28 november – 4 december"; the year where it is not the present one, and both where they differ."""
    if with_year is None:
        with_year = _is_of_another_year(first)
    begins, ends = f"{first.day} {month_text(first)}", f"{last.day} {month_text(last)}"
    if first.year != last.year:
        return f"{begins} {first.year} – {ends} {last.year}"
    year = f" {first.year}" if with_year else ""
    if first == last:
        return f"{ends}{year}"
    return f"{first.day}–{ends}{year}" if first.month == last.month else f"{begins} – {ends}{year}"


def clock_text(moment):
    """ "13.00" / "13:00"."""
    moment = _local(moment)
    return _clock(moment.hour, moment.minute)


def _clock(hour, minute):
    return f"{hour:02d}{'.' if translation.get_language() == 'sv' else ':'}{minute:02d}"


def moment_text(moment):
    """ "tis 1 december 21.54"."""
    return f"{date_text(moment)} {clock_text(moment)}"


def last_day(start, end):
    """The day on which it ends: an end at midnight belongs to the evening before."""
    start, end = _local(start), _local(end)
    return max(start.date(), (end - timedelta(microseconds=1)).date())


def days_between(start, end):
    """Every day on which it takes place."""
    first = _local(start).date()
    return [first + timedelta(days=number) for number in range((last_day(start, end) - first).days + 1)]


def time_text(start, end):
    """ "13.00–16.00", and over several days "10.00 – ons 26 november 15.00"; stands beside the date of the start."""
    start, end = _local(start), _local(end)
    if (last := last_day(start, end)) == start.date():
        return f"{clock_text(start)}–{clock_text(end)}"
    has_year = last.year != start.year or _is_of_another_year(last)
    return f"{clock_text(start)} – {date_text(last, with_year=has_year)} {_end_clock(end)}"


def _end_clock(end):
    """Midnight as 24.00: beside the day that it ends, 00.00 would be a day too early."""
    return _clock(24, 0) if end.time() == time() else clock_text(end)


def span_text(start, end, *, with_week=True):
    """ "tis 24 november, v. 48, 13.00–16.00"; over the end of a year with both years."""
    week = f"{week_text(start)}, " if with_week else ""
    return f"{start_date_text(start, end)}, {week}{time_text(start, end)}"


def date_span_text(start, end, with_year=None):
    """ "tis 24 november", and over several days "tis 24 november – tor 26 november"."""
    start, last = _local(start), last_day(start, end)
    if last == start.date():
        return date_text(start, with_year)
    with_year = True if last.year != start.year else with_year
    return f"{date_text(start, with_year)} – {date_text(last, with_year)}"


def start_date_text(start, end):
    """The date of the start as it stands beside `time_text`: with its year where the end has another."""
    start = _local(start)
    return date_text(start, with_year=_is_of_another_year(start) or last_day(start, end).year != start.year)


def part_text(day, start, end):
    """What of it falls on that day: "20.00–00.00" or, over several days, "from 10.00", "goes on" and "until 15.00"."""
    days = days_between(start, end)
    if len(days) == 1:
        return time_text(start, end)
    if day == days[0]:
        return _("from %(clock)s") % {"clock": clock_text(start)}
    return _("until %(clock)s") % {"clock": _end_clock(_local(end))} if day == days[-1] else _("goes on")
