"""What a mail about a registration puts into the calendar, or takes out of it: one part for each date that is not over."""

from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from creativenorth.dates import calendars
from events.actions.mails.links import registration_url
from events.calendar_files import entry_of


def calendar_parts(registration, activity, *, is_cancelled=None):
    """Requests for who has a seat, cancellations for who has none."""
    if is_cancelled is None:
        is_cancelled = not registration.is_confirmed
    write = calendars.cancellation if is_cancelled else calendars.request
    now, link = timezone.now(), registration_url(registration)
    ahead = activity.sessions.filter(ends_at__gt=now).select_related("activity")
    entries = [entry_of(each, changed_at=now, mode=registration.mode, link=link) for each in ahead]
    return "".join(write(entry, invitation_of(registration)) for entry in entries)


def cancelled_entries(registration, entries):
    """Takes the entries of dates that are gone out of the person's calendar."""
    return "".join(calendars.cancellation(entry, invitation_of(registration)) for entry in entries)


def invitation_of(registration):
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return calendars.Invitation(address, name or "Creative North", registration.address, registration.name)
