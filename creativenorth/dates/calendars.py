"""Calendar files: iCalendar (RFC 5545) and invitations that calendars take up by themselves (iMIP, RFC 6047).

Times stand in Europe/Stockholm with the zone's rules beside them, so that a series keeps its hour over the change of clocks.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.text import slugify
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from creativenorth.text.plain_text import entered

ZONE = ZoneInfo("Europe/Stockholm")
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)

# By rules: what the library makes of the zone itself is a list of dates until 2037, in spring an hour late.
_TIMEZONE = Timezone.from_ical("""BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE""")


@dataclass(frozen=True)
class CalendarEntry:
    """One date in a calendar. `changed_at` orders its versions: a later one replaces an earlier one of the same `uid`."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    changed_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class Invitation:
    """Whom the organizer invites; with it an entry is added to the calendar by itself."""

    organizer: str
    organizer_name: str
    attendee: str
    attendee_name: str


def feed(entries, *, name):
    """A calendar to subscribe to. Without METHOD: Outlook would take it for a meeting that has changed."""
    calendar = _calendar([_event(entry) for entry in entries])
    calendar.add("x-wr-calname", vText(_plain(name)))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return _text(calendar)


def request(entry, invitation):
    """An invitation to one entry, or a change of it."""
    return _text(_calendar([_event(entry, invitation)], method="REQUEST"))


def cancellation(entry, invitation):
    """Removes the entry from the calendar again."""
    return _text(_calendar([_event(entry, invitation, is_cancelled=True)], method="CANCEL"))


def parts(text):
    """[(method, file name, calendar)] of one or several invitations and cancellations after each other."""
    return [_part(found) for found in re.findall(r"BEGIN:VCALENDAR.*?END:VCALENDAR\r\n", text, re.DOTALL)]


def _part(text):
    calendar = Calendar.from_ical(text)
    event = calendar.walk("VEVENT")[0]
    name = slugify(event["summary"]) or "calendar"
    return str(calendar["method"]), f"{name[:60]}-{event['dtstart'].dt:%Y-%m-%d}.ics", text


def sequence(moment):
    """The SEQUENCE of an entry changed at that moment: seconds since EPOCH, which only rise."""
    return max(0, int((moment - EPOCH).total_seconds()))


def google_url(entry):
    """The address that adds the entry to a Google calendar."""
    span = "/".join(f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (entry.starts_at, entry.ends_at))
    query = {
        "action": "TEMPLATE",
        "text": entry.summary,
        "dates": span,
        "location": entry.location,
        "details": entry.url,
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(query)}"


def _calendar(events, *, method=None):
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Creative North//Portal//SV")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    for component in (_TIMEZONE, *events):
        calendar.add_component(component)
    return calendar


def _plain(text):
    """Without control characters, which readers of calendars break at; rows may be older than the forms that refuse them."""
    return entered(text).replace("\r\n", "\n").replace("\r", "\n")


def _text(calendar):
    return calendar.to_ical().decode()


def _event(entry, invitation=None, *, is_cancelled=False):
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("sequence", sequence(entry.changed_at))
    event.add("dtstart", entry.starts_at.astimezone(ZONE))
    event.add("dtend", entry.ends_at.astimezone(ZONE))
    event.add("status", "CANCELLED" if is_cancelled or entry.is_cancelled else "CONFIRMED")
    event.add("summary", _plain(entry.summary))
    for name in ("description", "location", "url"):
        if text := _plain(getattr(entry, name)):
            event.add(name, text)
    if invitation:
        event.add("organizer", _person(invitation.organizer, invitation.organizer_name))
        answer = {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
        event.add("attendee", _person(invitation.attendee, invitation.attendee_name), parameters=answer)
    return event


def _person(address, name):
    # Few calendars know how a quotation mark is written here (RFC 6868): it is left out.
    return vCalAddress.new(address, cn="".join(letter for letter in name if letter.isprintable() and letter != '"'))
