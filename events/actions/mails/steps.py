"""The mail of every step of a registration, queued in the transaction of the step: which one, the table says (creativenorth.mail.table)."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils import translation

from creativenorth import mail
from creativenorth.mail.table import row_for
from creativenorth.text.swedish import name_key
from events.actions.mails.calendar_parts import calendar_parts
from events.actions.mails.facts import facts_of, many
from events.actions.mails.links import cause_of, language_of
from events.models import Registration
from events.notification_kinds import REMINDER
from members.hooks.notifications import notify

EVENT = "registration"
_waiting = ContextVar("mails of a block that ends in one mail for each person", default=None)


@dataclass
class Step:
    """What has happened to one registration; steps of one person with one mail become one."""

    registration: Registration
    event: str
    facts: dict
    step: str
    calendar: str

    @property
    def together(self):
        row = row_for(self.event, self.facts)
        return self.registration.address, name_key(self.registration.name), row and row.key


@contextmanager
def one_mail_each():
    """What happens in the block, to however many registrations of a person, is one mail to them with all its dates."""
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set([])
    try:
        yield
        steps = _waiting.get()
    finally:
        _waiting.reset(token)
    found = {}
    for step in steps:
        found.setdefault(step.together, []).append(step)
    for together in found.values():
        _queue(together)


def mail_new_state(registration, activity, *, was_confirmed=False, by=None, moved_from=None):
    """Mail the person the state that the registration has just got, with calendar entries where they change.

    `by` is who did it, `moved_from` the activity where the person had a seat before. Nothing once everything is over: who
    is entered afterwards has been there, and is neither welcomed nor given a ticket.
    """
    if not registration.address or activity.is_over:
        return
    calendar = ""
    if moved_from:
        calendar += calendar_parts(registration, moved_from, is_cancelled=True)
    if registration.is_confirmed or was_confirmed:
        calendar += calendar_parts(registration, activity)
    with translation.override(language_of(registration)):
        facts = facts_of(registration, activity, by=by, moved_from=moved_from)
    tell(Step(registration, EVENT, facts, f"{registration.state}:{registration.changed_at.isoformat()}", calendar))


def tell(step):
    waiting = _waiting.get()
    if waiting is None:
        _queue([step])
    else:
        waiting.append(step)


def _queue(steps):
    first = steps[0]
    row = row_for(first.event, first.facts)
    if row and not row.template:  # nobody is told
        return
    language = language_of(first.registration)
    with translation.override(language):
        context = many([step.facts for step in steps]) if len(steps) > 1 else first.facts
    mail.queue(
        to=first.registration.address,
        event=first.event,
        context=context,
        language=language,
        cause=cause_of(first.registration, first.step),
        calendar="".join(step.calendar for step in steps),
        reply_to=reply_to(first.registration.activity),
    )


def reply_to(activity):
    """The activity's host; "" where it has none, and replies go to the cluster's contact."""
    return activity.hosts.filter(is_active=True).order_by("pk").values_list("email", flat=True).first() or ""


def mail_reminder(registration, activity, starts_at):
    """Remind one who has a seat, once for each start; not a person who wants no reminders."""
    with translation.override(language_of(registration)):
        facts = facts_of(registration, activity)
    cause = cause_of(registration, reminder_step(starts_at))
    if registration.user_id:
        person = registration.user
        return notify(person, REMINDER, event="seat_reminder", context=facts, cause=cause, reply_to=reply_to(activity))
    return mail.queue(
        to=registration.address,
        event="seat_reminder",
        context=facts,
        language=registration.language,
        cause=cause,
        reply_to=reply_to(activity),
    )


def reminder_step(starts_at):
    return f"reminder:{starts_at:%Y%m%d%H%M}"
