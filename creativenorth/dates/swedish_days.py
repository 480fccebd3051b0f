"""Holidays in Sweden, and moments from a Swedish date and time of day."""

from datetime import UTC, datetime
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from creativenorth.dates import date_text, week_text
from creativenorth.dates.calendars import ZONE


@lru_cache(maxsize=32)
def _days_off(year, language):
    # Imported late: the library is large, and most processes never need it.
    from holidays.constants import DE_FACTO, PUBLIC
    from holidays.countries.sweden import Sweden

    days = Sweden(
        years=year,
        language="sv" if language == "sv" else "en_US",
        include_sundays=False,
        categories=(PUBLIC, DE_FACTO),
    )
    return dict(days)


def holiday(day):
    """The name of the holiday in the active language, also of the three eves; "" for other days."""
    return _days_off(day.year, translation.get_language()).get(day, "")


def day_text(day):
    """ "fre 26 mars, v. 12 · Långfredagen"."""
    words = f"{date_text(day)}, {week_text(day)}"
    return f"{words} · {name}" if (name := holiday(day)) else words


def moment(day, clock):
    """When Swedish clocks show `clock` on `day`.

    Raises ValidationError for the hour that is left out in spring and for the one that comes twice in autumn.
    """
    naive = datetime.combine(day, clock)
    first, second = (naive.replace(tzinfo=ZONE, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    words = {
        "clock": f"{clock:%H.%M}" if translation.get_language() == "sv" else f"{clock:%H:%M}",
        "day": date_text(day),
    }
    if first.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) != naive:
        raise ValidationError(
            _("%(clock)s does not exist on %(day)s: the clocks go forward from 2 to 3 that night."),
            code="no_such_time",
            params=words,
        )
    raise ValidationError(
        _("%(clock)s comes twice on %(day)s: the clocks go back from 3 to 2 that night. Choose another time."),
        code="ambiguous_time",
        params=words,
    )
