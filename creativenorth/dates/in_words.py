"""Dates and times as Swedes read them, with ISO week numbers, in Europe/Stockholm."""

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
        with_year = day.year != timezone.localdate().year
    weekday = (
        formats.date_format(day, "D").lower() if translation.get_language() == "sv" else formats.date_format(day, "D")
    )
    return f"{weekday} {day.day} {month_text(day)}" + (f" {day.year}" if with_year else "")


def month_text(day):
    """ "november" / "November"."""
    month = formats.date_format(_local(day), "F")
    return month.lower() if translation.get_language() == "sv" else month


def days_text(first, last):
    """ "7–13 december", and over the end of a month "28 december–3 januari"."""
    begins = str(first.day) if first.month == last.month else f"{first.day} {month_text(first)}"
    return f"{begins}–{last.day} {month_text(last)}"


def time_text(start, end):
    """ "13.00–16.00", and for more than one day only the start."""
    start, end = _local(start), _local(end)
    separator = "." if translation.get_language() == "sv" else ":"
    times = [f"{moment.hour:02d}{separator}{moment.minute:02d}" for moment in (start, end)]
    return "–".join(times) if start.date() == end.date() else times[0]


def clock_text(moment):
    """ "13.00" / "13:00"."""
    return time_text(moment, moment).partition("–")[0]
