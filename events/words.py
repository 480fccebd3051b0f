"""Sessions and moments in words, in the active language and Swedish time."""

from django.utils import timezone
from django.utils.text import capfirst

from creativenorth import dates


def session_text(session):
    """ "Tis 24 november, v. 48, 13.00–16.00"."""
    day = f"{capfirst(dates.date_text(session.starts_at))}, {dates.week_text(session.starts_at)}"
    return f"{day}, {dates.time_text(session.starts_at, session.ends_at)}"


def moment_text(moment):
    """ "tis 24 november 13.00"."""
    local = timezone.localtime(moment)
    return f"{dates.date_text(local)} {dates.time_text(local, local).partition('–')[0]}"
