"""What the mails about registrations say, in the active language."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.dates import moment_text
from creativenorth.text.plain_names import first_name
from events.actions.mails.links import registration_url
from events.models import Cause, Registration
from events.texts import session_text
from events.tickets import ticket_url


def facts_of(registration, activity, *, by=None, moved_from=None):
    """The context of a mail's template; `by` is who did what the mail tells of."""
    link, mode = registration_url(registration), registration.mode
    occasion = occasion_of(activity, mode=mode, link=link, has_seat=registration.is_confirmed)
    if registration.is_confirmed and mode == "on_site":
        occasion["ticket_url"] = ticket_url(registration)
    return occasion | {
        "occasions": [occasion],
        "is_many": False,
        "name": registration.name,
        "first_name": first_name(registration.name),
        "note": who_did_it(registration, by, moved_from),
        "state": registration.state,
        "cause": registration.cause,
        "is_waiting": registration.is_waiting,
        "until": moment_text(registration.held_until) if registration.held_until else "",
        "needs_approval": activity.needs_approval and not registration.approved_at,
        "is_approved": registration.cause == Cause.APPROVED,
        "reason": registration.reason,
        "cancel_reason": activity.cancel_reason,
        "is_off": registration.cause == Cause.ACTIVITY_OFF,
        "somebody_waits": Registration.objects.waiting().filter(activity=activity, mode=registration.mode).exists(),
        "party_size": (party_size := Registration.objects.active().filter(party=registration.party).count()),
        "is_party": party_size > 1,
    }


def occasion_of(activity, *, mode, link="", has_seat=False):
    """What, when and where, with the links; the meeting's own only for who has a seat there."""
    is_online, sessions = mode == "online", list(activity.sessions.all())
    return {
        "activity": activity.title,
        "starts_at": next(
            (each.starts_at for each in sessions if not each.is_over), sessions[-1].starts_at if sessions else None
        ),
        "when": [_session_text(session) for session in sessions],
        "place": "" if is_online else activity.place_text,
        "is_online": is_online,
        "online_url": activity.online_url if is_online and has_seat else "",
        "link": link,
        "page": settings.SITE_URL + activity.url,
    }


def _session_text(session):
    text = session_text(session)
    return _("%s (has been)") % text if session.is_over else text


def many(facts):
    """The facts of several activities' mails as those of one."""
    first, occasions = facts[0], [each["occasions"][0] | {"ticket_url": ""} for each in facts]
    titles = list(dict.fromkeys(occasion["activity"] for occasion in occasions))
    number = ngettext("%d date", "%d dates", len(occasions)) % len(occasions)
    return first | {
        "occasions": occasions,
        "is_many": len(occasions) > 1,
        "activity": f"{titles[0]}, {number}" if len(titles) == 1 else ", ".join(titles),
        "changes": "\n\n".join(filter(None, (each.get("changes") for each in facts))),
        "when": [line for occasion in occasions for line in occasion["when"]],
    }


def who_did_it(registration, by, moved_from=None):
    """A sentence that says who did it, where it was not the person; "" where it was."""
    is_own = (
        by is None or by.pk == registration.user_id or (registration.user_id is None and by.email == registration.email)
    )
    if is_own:
        return ""
    who = _("%s at Piteå Science Park") % by.name if by.is_staff else by.name
    if moved_from:
        return _("%(who)s has moved you from %(activity)s.") % {"who": who, "activity": moved_from.title}
    if registration.cause == Cause.MOVED:
        return _("%s has changed how you take part.") % who
    return (_("%s has signed you up.") if registration.is_active else _("%s has cancelled for you.")) % who
