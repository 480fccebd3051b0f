"""Sessions, moments and states as text, in the active language and in Swedish time."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from creativenorth import dates

BUSY = gettext_lazy("Many people are doing the same just now. Nothing is lost: try again in a moment.")


def session_text(session):
    """ "Tis 24 november, v. 48, 13.00–16.00"."""
    day = f"{capfirst(dates.date_text(session.starts_at))}, {dates.week_text(session.starts_at)}"
    return f"{day}, {dates.time_text(session.starts_at, session.ends_at)}"


def moment_text(moment):
    local = timezone.localtime(moment)
    return f"{dates.date_text(local)} {dates.time_text(local, local).partition('–')[0]}"
