"""Sessions, moments and states as text, in the active language and in Swedish time."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from creativenorth import dates

BUSY = gettext_lazy("Many people are doing the same just now. Nothing is lost: try again in a moment.")


def session_text(session):
    """ "Tis 24 november, v. 48, 13.00–16.00"."""
    return capfirst(dates.span_text(session.starts_at, session.ends_at))


def activity_label(activity):
    """The title with its date, which tells the activities of a series apart; `activity` is annotated `with_dates`."""
    if activity.first_at is None:
        return activity.title
    return f"{activity.title} · {dates.date_span_text(activity.first_at, activity.last_at)}"


def seats_left_text(left):
    """ "3 seats left", "Fully booked"; empty for None, which is no limit or more than a few."""
    if left is None:
        return ""
    return ngettext("%d seat left", "%d seats left", left) % left if left else _("Fully booked")


def sign_up_closed_text(reason):
    """A reason of `events.permissions.signup_closed_reason` in words."""
    return {
        "nobody": _("There is no sign-up to this activity here."),
        "cancelled": _("The activity is cancelled."),
        "over": _("The activity has been."),
        "started": _("The activity has begun."),
        "closed": _("Sign-up has closed."),
        "not_yet": _("Sign-up has not opened yet."),
    }[reason]


def next_session_text(sessions):
    """The next of the sessions that is not over, else the last, and how many others there are."""
    ahead = [session for session in sessions if not session.is_over]
    shown = ahead[0] if ahead else sessions[-1]
    others = len(ahead) - 1 if ahead else len(sessions) - 1
    if not others:
        return session_text(shown)
    words = ngettext("%(session)s and %(number)d more date", "%(session)s and %(number)d more dates", others)
    return words % {"session": session_text(shown), "number": others}
