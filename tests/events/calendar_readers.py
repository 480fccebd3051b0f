"""Four programs that read calendars, the first of which wrote ours: each gives the entries of a text in its order."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import icalendar
import ics
import vobject


class Read(NamedTuple):
    method: str
    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    url: str
    status: str
    sequence: int
    organizer: tuple | None = None  # address and name
    attendee: tuple | None = None


def by_icalendar(content):
    found = icalendar.Calendar.from_ical(content)
    assert found.get_missing_tzids() == set()

    def person(each, name):
        return (str(each[name]), each[name].params["CN"]) if name in each else None

    return [
        Read(
            str(found.get("METHOD", "")),
            str(each["UID"]),
            each["DTSTART"].dt.astimezone(UTC),
            each["DTEND"].dt.astimezone(UTC),
            str(each["SUMMARY"]),
            str(each.get("DESCRIPTION", "")),
            str(each.get("LOCATION", "")),
            str(each.get("URL", "")),
            str(each["STATUS"]),
            int(each["SEQUENCE"]),
            person(each, "ORGANIZER"),
            person(each, "ATTENDEE"),
        )
        for each in found.walk("VEVENT")
    ]


def by_ics(content):
    found = ics.Calendar(content)

    def person(each):
        return (f"mailto:{each.email}", each.common_name) if each else None

    def sequence(each):
        return next(int(line.value) for line in each.extra if line.name == "SEQUENCE")

    return [
        Read(
            found.method or "",
            each.uid,
            each.begin.datetime.astimezone(UTC),
            each.end.datetime.astimezone(UTC),
            each.name,
            each.description or "",
            each.location or "",
            each.url or "",
            each.status,
            sequence(each),
            person(each.organizer),
            person(next(iter(each.attendees), None)),
        )
        for each in sorted(found.events, key=lambda each: (each.begin, each.uid))
    ]


def by_vobject(content):
    found = vobject.readOne(content)

    def value(part, name):
        return part.getChildValue(name, "")

    def person(each, name):
        part = getattr(each, name, None)
        return (part.value, part.params["CN"][0]) if part else None

    return [
        Read(
            value(found, "method"),
            value(each, "uid"),
            each.dtstart.value.astimezone(UTC),
            each.dtend.value.astimezone(UTC),
            value(each, "summary"),
            value(each, "description"),
            value(each, "location"),
            value(each, "url"),
            value(each, "status"),
            int(value(each, "sequence")),
            person(each, "organizer"),
            person(each, "attendee"),
        )
        for each in found.contents.get("vevent", [])
    ]


def by_ical_js(content):
    command = [Path(sys.executable).with_name("node"), Path(__file__).with_name("read_calendar.mjs")]
    answer = subprocess.run(command, input=content, capture_output=True, text=True, check=True, timeout=60)
    rows = [Read(**row) for row in json.loads(answer.stdout)]
    return [
        row._replace(
            starts_at=datetime.fromisoformat(row.starts_at),
            ends_at=datetime.fromisoformat(row.ends_at),
            organizer=row.organizer and tuple(row.organizer),
            attendee=row.attendee and tuple(row.attendee),
        )
        for row in rows
    ]


READERS = [by_icalendar, by_ics, by_vobject, by_ical_js]
