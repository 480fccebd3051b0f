"""The mail of every step of a registration, queued in the transaction of the step."""

from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from creativenorth import mail
from creativenorth.dates import calendars, moment_text
from creativenorth.web import secret_links
from events.calendar_files import entry_of
from events.models import Cause, Registration, State
from events.models.registration import LINK
from events.notification_kinds import REMINDER
from events.texts import session_text
from members.hooks.notifications import notify


def mail_new_state(registration, activity, *, was_confirmed=False):
    """Mail the person the state that the registration has just got, with calendar entries where they change.

    Nothing once everything is over: who is entered afterwards has been there, and is neither welcomed nor given a ticket.
    """
    template = _template(registration)
    if not registration.address or not template or activity.is_over:
        return
    step = f"{registration.state}:{registration.changed_at.isoformat()}"
    invites = calendar_invitations(registration, activity) if registration.is_confirmed or was_confirmed else []
    _queue(registration, template, activity, step=step, calendar=invites[0] if invites else "")
    _queue_further_dates(registration, activity, step, invites)


def mail_moved_elsewhere(registration, activity):
    """Mail a person who was moved to another activity, and take this one out of their calendar."""
    if registration.address and not activity.is_over:
        step = f"moved:{activity.pk}:{registration.changed_at.isoformat()}"
        invites = calendar_invitations(registration, activity, is_cancelled=True)
        _queue(registration, "seat_cancelled", activity, step=step, calendar=invites[0] if invites else "")
        _queue_further_dates(registration, activity, step, invites)


def mail_activity_change(activity, *, removed=()):
    """Mail all who have a seat that time or venue has changed; `removed` are calendar entries of deleted sessions.

    Sends nothing when everything is over.
    """
    now = timezone.now()
    if not removed and not activity.sessions.filter(ends_at__gt=now).exists():
        return
    rows = Registration.objects.confirmed().filter(activity=activity).select_related("user", "company")
    for row in rows:
        if row.address:
            step = f"changed:{now.isoformat()}"
            gone = [calendars.cancellation(entry, _invitation(row)) for entry in removed]
            invites = [*calendar_invitations(row, activity, now=now), *gone]
            _queue(row, "seat_changed", activity, step=step, calendar=invites[0] if invites else "")
            _queue_further_dates(row, activity, step, invites)


def _queue_further_dates(registration, activity, step, invites):
    """Calendars read one entry per mail: each further date gets a short mail of its own."""
    for number, invite in enumerate(invites[1:], start=2):
        _queue(registration, "seat_date", activity, step=f"{step}:{number}", calendar=invite, number=number)


def calendar_invitations(registration, activity, *, is_cancelled=None, now=None):
    """A calendar request for each session, or its cancellation where the person has no seat there."""
    if is_cancelled is None:
        is_cancelled = not registration.is_confirmed
    sessions = activity.sessions.select_related("activity")
    write = calendars.cancellation if is_cancelled else calendars.request
    changed_at, link = now or timezone.now(), registration_url(registration)
    return [
        write(entry_of(each, changed_at=changed_at, mode=registration.mode, link=link), _invitation(registration))
        for each in sessions
    ]


def _invitation(registration):
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return calendars.Invitation(address, name or "Creative North", registration.address, registration.name)


def _template(registration):
    if registration.cause == Cause.NO_ANSWER:
        return "offer_lapsed"
    if registration.cause == Cause.NOT_APPROVED:
        return "seat_not_approved"
    if registration.cause in (Cause.ACTIVITY_OFF, Cause.BY_STAFF):
        return "seat_cancelled"
    if registration.cause in (Cause.PERSON_LEFT, Cause.MERGED):
        return ""
    return {
        State.CONFIRMED: "seat_confirmed",
        State.WAITING: "seat_waiting",
        State.OFFERED: "seat_offered",
        State.CANCELLED: "seat_given_back",
        State.DECLINED: "seat_given_back",
    }[registration.state]


def mail_reminder(registration, activity, starts_at):
    """Remind one who has a seat, once for each start; not a person who wants no reminders."""
    step = reminder_step(starts_at)
    if not registration.user_id:
        return _queue(registration, "seat_reminder", activity, step=step)
    person = registration.user
    with translation.override(person.language):
        facts = _context(registration, activity)
    return notify(person, REMINDER, template="seat_reminder", context=facts, cause=cause_of(registration, step))


def reminder_step(starts_at):
    return f"reminder:{starts_at:%Y%m%d%H%M}"


def _queue(registration, template, activity, *, step, calendar="", **more):
    language = _language(registration)
    with translation.override(language):
        context = _context(registration, activity) | more
    mail.queue(
        to=registration.address,
        template=template,
        context=context,
        language=language,
        cause=cause_of(registration, step),
        calendar=calendar,
    )


def cause_of(registration, step):
    return f"registration:{registration.uuid}:{step}"


def _language(registration):
    return registration.user.language if registration.user_id else registration.language


def _context(registration, activity):
    """What the mail templates need, in the active language."""
    sessions = list(activity.sessions.all())
    return {
        "name": registration.name,
        "activity": activity.title,
        "when": [session_text(session) for session in sessions],
        "place": activity.place_text if registration.mode == "on_site" else "",
        "is_online": registration.mode == "online",
        "online_url": activity.online_url if registration.is_confirmed and registration.mode == "online" else "",
        "link": registration_url(registration),
        "page": settings.SITE_URL + activity.url,
        "until": moment_text(registration.held_until) if registration.held_until else "",
        "needs_approval": activity.needs_approval and not registration.approved_at,
        "is_approved": registration.cause == Cause.APPROVED,
        "reason": registration.reason,
        "cancel_reason": activity.cancel_reason,
        "is_off": registration.cause == Cause.ACTIVITY_OFF,
        "somebody_waits": Registration.objects.waiting().filter(activity=activity, mode=registration.mode).exists(),
        "party_size": Registration.objects.active().filter(party=registration.party).count(),
    }


def registration_path(registration):
    """The secret link by which a registration is seen, answered and cancelled without signing in."""
    return reverse("events:registration", args=[registration.token])


def registration_url(registration):
    return settings.SITE_URL + registration_path(registration)


def registration_with_link(token):
    uuid = secret_links.uuid_of(token, LINK)
    return uuid and Registration.objects.select_related("activity", "user", "company").filter(uuid=uuid).first()
