"""The mail that tells of a new time or place."""

from django.utils import timezone, translation

from events.actions.mails.calendar_parts import calendar_parts, cancelled_entries
from events.actions.mails.facts import facts_of
from events.actions.mails.links import language_of
from events.actions.mails.steps import Step, tell
from events.models import Registration


def mail_activity_change(activity, *, removed=()):
    """Mail all who have a seat that time or venue has changed; `removed` are calendar entries of deleted sessions.

    Sends nothing when everything is over.
    """
    now = timezone.now()
    if not removed and not activity.sessions.filter(ends_at__gt=now).exists():
        return
    rows = Registration.objects.confirmed().filter(activity=activity).select_related("user", "company", "activity")
    for row in rows:
        if row.address:
            calendar = calendar_parts(row, activity) + cancelled_entries(row, removed)
            with translation.override(language_of(row)):
                facts = facts_of(row, activity)
            tell(Step(row, "seat_changed", facts, f"changed:{now.isoformat()}", calendar))
