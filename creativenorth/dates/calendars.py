"""Calendar files: iCalendar (RFC 5545) and invitations that calendars take up by themselves (iMIP, RFC 6047).

Times stand in Europe/Stockholm with the zone's rules beside them, so that a series keeps its hour over the change of clocks.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")
LONGEST_LINE = 75  # octets, without the line's end
EPOCH = datetime(2025, 1, 1, tzinfo=UTC)

_TIMEZONE = """BEGIN:VTIMEZONE
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
END:VTIMEZONE""".splitlines()


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
    """A calendar to subscribe to. It has no METHOD: Outlook would take it for a changed meeting."""
    head = [f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    return _calendar(head, [_event(entry) for entry in entries])


def request(entry, invitation):
    """An invitation to one entry, or a change of it."""
    return _calendar(["METHOD:REQUEST"], [_event(entry, invitation)])


def cancellation(entry, invitation):
    """Removes the entry from the calendar again."""
    return _calendar(["METHOD:CANCEL"], [_event(entry, invitation, is_cancelled=True)])


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


def _calendar(head, events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Creative North//Portal//SV", "CALSCALE:GREGORIAN", *head]
    lines += [*_TIMEZONE, *(line for event in events for line in event), "END:VCALENDAR"]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(entry, invitation=None, *, is_cancelled=False):
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{entry.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{sequence(entry.changed_at)}",
        f"DTSTART;TZID=Europe/Stockholm:{entry.starts_at.astimezone(ZONE):%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Stockholm:{entry.ends_at.astimezone(ZONE):%Y%m%dT%H%M%S}",
        f"SUMMARY:{_text(entry.summary)}",
        f"STATUS:{'CANCELLED' if is_cancelled or entry.is_cancelled else 'CONFIRMED'}",
    ]
    texts = {"DESCRIPTION": entry.description, "LOCATION": entry.location}
    lines += [f"{name}:{_text(text)}" for name, text in texts.items() if text]
    lines += [f"URL:{entry.url}"] if entry.url else []
    if invitation:
        lines += [
            f"ORGANIZER;CN={_parameter(invitation.organizer_name)}:mailto:{invitation.organizer}",
            f"ATTENDEE;CN={_parameter(invitation.attendee_name)};PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{invitation.attendee}",
        ]
    return [*lines, "END:VEVENT"]


def _text(text):
    escaped = str(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _parameter(text):
    """A parameter's value in quotes, without characters that could end it."""
    return '"' + "".join(letter for letter in text if letter not in '"\r\n' and letter.isprintable()) + '"'


def _folded(line):
    """The line in pieces of 75 octets at most, no letter cut in two; each further piece begins with a space."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
