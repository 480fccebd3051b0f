"""Sessions, moments and states as text, in the active language and in Swedish time."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
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


def public_from_text(activity):
    """ "Publiceras tis 1 december kl. 08.00, v. 49"."""
    at = activity.published_at
    words = {"day": dates.date_text(at), "clock": dates.clock_text(at), "week": dates.week_text(at)}
    return _("Public from %(day)s at %(clock)s, %(week)s") % words


def state_text(activity):
    """Draft, published, or when it becomes public. That an activity is cancelled is said elsewhere."""
    if activity.is_draft:
        return _("Draft")
    return _("Published") if activity.is_public else public_from_text(activity)
