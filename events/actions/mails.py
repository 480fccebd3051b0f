"""The mail of every step of a registration, queued in the transaction of the step."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from creativenorth import links, mail
from events.models import Cause, Registration, State
from events.words import moment_text, session_text

MANAGE = "registration"


def tell(registration, seats):
    """Write to the person of the step that the registration has just taken."""
    template = _template(registration)
    if registration.address and template:
        _queue(
            registration, template, seats.activity, step=f"{registration.state}:{registration.changed_at.isoformat()}"
        )


def _template(registration):
    if registration.cause == Cause.NO_ANSWER:
        return "seat_lapsed"
    if registration.cause == Cause.NOT_APPROVED:
        return "seat_not_approved"
    if registration.cause in (Cause.ACTIVITY_OFF, Cause.BY_STAFF):
        return "seat_cancelled"
    if registration.cause == Cause.PERSON_LEFT:
        return ""
    return {
        State.CONFIRMED: "seat_confirmed",
        State.WAITING: "seat_waiting",
        State.OFFERED: "seat_offered",
        State.CANCELLED: "seat_given_back",
        State.DECLINED: "seat_given_back",
    }[registration.state]


def remind(registration, activity, starts_at):
    """Write to one who has a seat that the day is near; once for each start."""
    _queue(registration, "seat_reminder", activity, step=reminder_step(starts_at))


def reminder_step(starts_at):
    return f"reminder:{starts_at:%Y%m%d%H%M}"


def _queue(registration, template, activity, *, step):
    language = _language(registration)
    with translation.override(language):
        context = _facts(registration, activity)
    mail.queue(
        to=registration.address,
        template=template,
        context=context,
        language=language,
        cause=cause_of(registration, step),
    )


def cause_of(registration, step):
    return f"registration:{registration.uuid}:{step}"


def _language(registration):
    return registration.user.language if registration.user_id else registration.language


def _facts(registration, activity):
    """What the templates say, in the active language."""
    sessions = list(activity.sessions.all())
    return {
        "name": registration.name,
        "activity": activity.title,
        "when": [session_text(session) for session in sessions],
        "place": activity.place_text if registration.mode == "on_site" else "",
        "is_online": registration.mode == "online",
        "online_url": activity.online_url if registration.is_confirmed and registration.mode == "online" else "",
        "link": manage_url(registration),
        "page": settings.SITE_URL + activity.url,
        "until": moment_text(registration.held_until) if registration.held_until else "",
        "needs_approval": activity.needs_approval and not registration.approved_at,
        "is_approved": registration.cause == Cause.APPROVED,
        "reason": registration.reason,
        "cancel_reason": activity.cancel_reason,
        "is_off": registration.cause == Cause.ACTIVITY_OFF,
        "party_size": Registration.objects.active().filter(party=registration.party).count(),
    }


def manage_url(registration):
    """The secret link by which a registration is seen, answered and cancelled without signing in."""
    path = reverse("events:place", args=[links.token(registration.uuid, MANAGE)])
    return settings.SITE_URL + path


def place_with(token):
    """The registration of that link, or None."""
    uuid = links.uuid_of(token, MANAGE)
    return uuid and Registration.objects.select_related("activity", "user", "company").filter(uuid=uuid).first()
