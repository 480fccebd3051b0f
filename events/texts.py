"""Sessions, moments and states as text, in the active language and in Swedish time."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext

from creativenorth import dates

BUSY = gettext_lazy("Many people are doing the same just now. Nothing is lost: try again in a moment.")


def session_text(session):
    """ "Tis 24 november, v. 48, 13.00–16.00"."""
    return capfirst(dates.span_text(session.starts_at, session.ends_at))


def next_session_text(sessions):
    """The next of the sessions that is not over, else the last, and how many others there are."""
    ahead = [session for session in sessions if not session.is_over]
    shown = ahead[0] if ahead else sessions[-1]
    others = len(ahead) - 1 if ahead else len(sessions) - 1
    if not others:
        return session_text(shown)
    words = ngettext("%(session)s and %(number)d more date", "%(session)s and %(number)d more dates", others)
    return words % {"session": session_text(shown), "number": others}
