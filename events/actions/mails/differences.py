"""What people know of an activity, kept before a change, and what has become otherwise since, in the active language."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from creativenorth.dates import calendars
from events.calendar_files import place_of, uid_of
from events.texts import session_text

FOR_ALL = {"title", "time", "place"}  # what concerns everybody; the meeting's link those online, seats those who wait


@dataclass(frozen=True)
class Difference:
    """`before` is empty for what is new."""

    kind: str
    label: str
    before: str
    now: str

    @property
    def text(self):
        lines = [self.label]
        if self.before:
            lines.append(_("Before: %s") % self.before)
        return "\n".join([*lines, _("Now: %s") % self.now])


def snapshot(activity):
    """As JSON: title, dates, place and seats."""
    return {
        "title": _in_languages(lambda: activity.title),
        "place": _in_languages(lambda: place_of(activity)),
        "online_url": activity.online_url,
        "seats": [activity.capacity, activity.online_capacity],
        "sessions": {
            str(each.pk): [each.starts_at.isoformat(), each.ends_at.isoformat(), each.title_sv, each.title_en]
            for each in activity.sessions.all()
        },
    }


def _in_languages(read):
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(read())
    return found


def differences(before, activity):
    now, language = snapshot(activity), get_language()[:2]
    found = []
    if before["title"] != now["title"]:
        found.append(Difference("title", _("Title"), before["title"][language], now["title"][language]))
    found += _of_dates(before["sessions"], now["sessions"])
    if before["place"] != now["place"]:
        found.append(Difference("place", _("Place"), before["place"][language], now["place"][language] or "–"))
    if before["online_url"] != now["online_url"]:
        found.append(Difference("link", _("Link to the online meeting"), "", _("a new one")))
    if before["seats"] != now["seats"]:
        found.append(Difference("seats", _("Seats"), _seats(before["seats"]), _seats(now["seats"])))
    return found


def _of_dates(before, now):
    for key in sorted(before.keys() | now.keys(), key=lambda key: (before.get(key) or now.get(key))[0]):
        old, new = before.get(key), now.get(key)
        if old != new:
            label = _("Date") if old else _("A further date")
            gone = pgettext("date", "cancelled")
            yield Difference("time", label, _session_words(old) if old else "", _session_words(new) if new else gone)


def _session_words(kept):
    session = session_of(kept)
    title = kept[2] if get_language().startswith("sv") else kept[3] or kept[2]
    return f"{session_text(session)} ({title})" if title else session_text(session)


def session_of(kept):
    starts_at, ends_at = (datetime.fromisoformat(text) for text in kept[:2])
    return SimpleNamespace(starts_at=starts_at, ends_at=ends_at)


def _seats(numbers):
    return " + ".join(_("no limit") if number is None else str(number) for number in numbers[: 2 if numbers[1] else 1])


def removed_entries(before, activity, *, changed_at):
    """Calendar entries of the dates that people know of and that there are no more."""
    there = {str(pk) for pk in activity.sessions.values_list("pk", flat=True)}
    gone = {key: session_of(kept) for key, kept in before["sessions"].items() if key not in there}
    return [
        calendars.CalendarEntry(
            uid=uid_of(SimpleNamespace(pk=key)),
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            summary=before["title"]["sv"],
            changed_at=changed_at,
        )
        for key, session in gone.items()
    ]
