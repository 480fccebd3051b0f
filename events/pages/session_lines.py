"""What the page of an activity shows of it and of its sessions, for people and for search engines."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth import dates
from creativenorth.drawing.municipalities import BY_CODE
from creativenorth.text.bilingual import Text
from creativenorth.web.structured_data import data_block
from events.models.activity import Mode


def activity_page(activity, lines):
    """The context of the page that is the same for all readers."""
    return {
        "activity": activity,
        "lines": lines,
        "next_line": next_line(lines),
        "is_over": bool(lines) and all(line.is_over for line in lines),
        "event_data": event_data(activity, lines) if lines and activity.is_public else "",
        "crumbs": [{"label": _("Activities"), "url": reverse("events:activities")}],
    }


def next_line(lines):
    """The first that is not over, else the first; None without any."""
    return next((line for line in lines if not line.is_over), lines[0] if lines else None)


@dataclass(slots=True)
class SessionLine:
    """A session as text, in Swedish time."""

    title: Text
    starts_at: datetime
    ends_at: datetime
    date_text: str
    week_text: str
    time_text: str
    is_over: bool


def session_lines(sessions):
    now = timezone.now()
    return [_line(session, now) for session in sessions]


def _line(session, now):
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return SessionLine(
        title=session.title,
        starts_at=start,
        ends_at=end,
        date_text=dates.start_date_text(start, end),
        week_text=dates.week_text(start),
        time_text=dates.time_text(start, end),
        is_over=session.ends_at <= now,
    )


_MODES = {
    Mode.ON_SITE: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}


def event_data(activity, lines):
    """The activity as schema.org's Event."""
    url = settings.SITE_URL + activity.url
    data = {
        "@type": "Event",
        "name": activity.title,
        "description": activity.summary,
        "url": url,
        "startDate": lines[0].starts_at.isoformat(),
        "endDate": max(line.ends_at for line in lines).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if activity.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{_MODES[activity.mode]}",
        "inLanguage": ["sv", "en"] if activity.language == "both" else activity.language,
        "location": _location(activity, url),
        "organizer": {"@type": "Organization", "name": "Creative North", "url": settings.SITE_URL},
    }
    if len(lines) > 1:
        data["subEvent"] = [_part(activity, line) for line in lines]
    return data_block(data)


def _part(activity, line):
    return {
        "@type": "Event",
        "name": line.title or activity.title,
        "startDate": line.starts_at.isoformat(),
        "endDate": line.ends_at.isoformat(),
    }


def _location(activity, url):
    """Where it is. The link to the online meeting is never public: the page's address replaces it."""
    town = BY_CODE[activity.municipality].name if activity.municipality else ""
    address = {"@type": "PostalAddress", "streetAddress": activity.street, "addressLocality": town}
    place = {
        "@type": "Place",
        "name": activity.place or town,
        "address": {key: value for key, value in address.items() if value} | {"addressCountry": "SE"},
    }
    online = {"@type": "VirtualLocation", "url": url}
    return {Mode.ON_SITE: place, Mode.ONLINE: online, Mode.HYBRID: [place, online]}[activity.mode]
