"""What we write, four other programs read back equal: every feed and invitation, on either side of the change of clocks."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from creativenorth.dates import calendars
from creativenorth.mail.models import Mail
from events.actions.cancellation import BY_LINK, cancel
from events.actions.mails.changes import step_of
from events.actions.mails.differences import snapshot
from events.actions.mails.links import registration_url
from events.actions.mails.steps import tell
from events.models import Feed, Notice, Session
from tests.events.calendar_readers import READERS, Read
from tests.events.seats import join
from tests.factories import make_activity
from tests.roles import signed_in

STOCKHOLM = ZoneInfo("Europe/Stockholm")
PUBLIC_FEED = "/aktiviteter/kalender.ics"
pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("reader", READERS)]


@pytest.fixture
def autumn(db):
    """Three Saturdays at ten o'clock, the second and third after the clocks have gone back."""
    activity = make_activity(
        "Hösten; tre lördagar, å\\ä",
        sessions=0,
        summary_sv="Rad ett\nrad två",
        place="Sal 1; våning 2, norr",
        capacity=9,
    )
    for day in (24, 31, 7):
        start = datetime(2027, 11 if day == 7 else 10, day, 10, tzinfo=STOCKHOLM)
        Session.objects.create(activity=activity, starts_at=start, ends_at=start + timedelta(hours=3))
    return activity


def entries(activity, *, link="", **fields):
    """What a reader is to find, but for the sequence."""
    page = f"http://localhost:8000/aktiviteter/{activity.slug}/"
    return [
        Read(
            **{
                "method": "",
                "uid": f"session-{each.pk}@localhost",
                "starts_at": each.starts_at,
                "ends_at": each.ends_at,
                "summary": "Hösten; tre lördagar, å\\ä",
                "description": f"Rad ett\nrad två\n{link or page}",
                "location": "Sal 1; våning 2, norr, Piteå",
                "url": page,
                "status": "CONFIRMED",
                "sequence": 0,
            }
            | fields
        )
        for each in activity.sessions.order_by("starts_at")
    ]


def without_sequence(found):
    return [each._replace(sequence=0) for each in found]


@pytest.mark.parametrize("kind", ["public", "activity", "person", "company"])
def test_every_feed_is_read_back_equal(client, autumn, participant, company, kind, reader):
    make_activity("Inte än", published=False)
    join(autumn, participant)
    browser = signed_in(participant)
    browser.post("/min-sida/kalendrar/ny/", {"company": company.slug if kind == "company" else ""})
    address = {"public": PUBLIC_FEED, "activity": f"/aktiviteter/{autumn.slug}/aktivitet.ics"}.get(
        kind, f"/calendar/{Feed.objects.get().token}.ics"
    )

    found = reader(client.get(address).content.decode())

    assert without_sequence(found) == entries(autumn)
    assert all(each.sequence > 0 for each in found)


def mailed(reader):
    """What the mails carry, in order: of each mail its parts."""
    texts = Mail.objects.exclude(calendar="").order_by("pk").values_list("calendar", flat=True)
    return [[reader(part) for _method, _name, part in calendars.parts(text)] for text in texts]


def test_invitation_change_and_cancellation_are_read_back_equal(autumn, participant, reader):
    participant.name = 'Åsa "Å" Öberg; AB, Piteå: Nord'
    participant.save()
    registration = join(autumn, participant)
    notice = Notice(activity=autumn, before=snapshot(autumn) | {"title": {"sv": "Före", "en": "Before"}})
    tell(step_of(notice, registration))
    cancel(registration, by=BY_LINK)

    found = mailed(reader)

    people = {
        "organizer": ("mailto:portal@localhost", "Creative North"),
        "attendee": (f"mailto:{participant.email}", "Åsa Å Öberg; AB, Piteå: Nord"),
        "link": registration_url(registration),
    }
    asked = entries(autumn, method="REQUEST", **people)
    taken_back = entries(autumn, method="CANCEL", status="CANCELLED", **people)
    assert [without_sequence(each for [each] in parts) for parts in found] == [asked, asked, taken_back]
    sequences = [parts[0][0].sequence for parts in found]
    assert 0 < sequences[0] <= sequences[1] <= sequences[2]


def test_a_cancelled_activity_stays_in_the_feed_as_cancelled(client, autumn, staff, reader):
    autumn.cancelled_at, autumn.cancel_reason_sv = autumn.published_at, "Snö"
    autumn.save()

    found = reader(client.get(PUBLIC_FEED).content.decode())

    assert without_sequence(found) == entries(autumn, status="CANCELLED")


def test_a_series_keeps_its_hour_when_the_clocks_change(client, autumn, reader):
    content = client.get(PUBLIC_FEED).content.decode()

    starts = [each.starts_at.astimezone(STOCKHOLM) for each in reader(content)]

    assert [(start.day, start.hour) for start in starts] == [(24, 10), (31, 10), (7, 10)]
    assert [start.utcoffset().seconds // 3600 for start in starts] == [2, 1, 1]
