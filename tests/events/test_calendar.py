"""Calendars: what they say of texts, changes and people; the pages of month and week; feeds end when revoked."""

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creativenorth.dates import calendars
from events.models import Feed, Registration, Session
from events.tickets import ticket_url
from tests.events.calendar_readers import by_icalendar
from tests.events.seats import join, make_course, person
from tests.factories import make_activity, make_user
from tests.roles import signed_in

FEED = "/aktiviteter/kalender.ics"
text = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120).map(str.strip)
# icalendar writes a backslash and a capital N as the end of a line.
text = text.filter(lambda written: r"\N" not in written)


def entry(**fields):
    start = datetime(2027, 3, 27, 9, tzinfo=UTC)
    values = {
        "uid": "a@b",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "summary": "Ljud",
        "changed_at": start,
    }
    return calendars.CalendarEntry(**(values | fields))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(summary=text.filter(bool), place=text)
def test_any_text_comes_back_and_no_line_is_longer_than_75_octets(summary, place):
    content = calendars.feed([entry(summary=summary, location=place)], name=summary)

    assert max(len(line.encode()) for line in content.split("\r\n")) <= 75
    event = icalendar.Calendar.from_ical(content).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), str(event.get("LOCATION", ""))) == (summary, place)
    assert vobject.readOne(content).vevent.summary.value == summary


def test_text_cannot_add_lines_of_its_own():
    evil = "Ljud\r\nATTENDEE:mailto:x@y.example\nEND:VEVENT"
    invitation = calendars.Invitation("a@b.example", 'C"\r\nX:Y', "c@d.example", evil)

    content = calendars.request(entry(summary=evil), invitation).replace("\r\n ", "")

    names = [re.split("[:;]", line)[0] for line in content.split("\r\n")]
    assert (names.count("ATTENDEE"), names.count("X"), names.count("END")) == (1, 0, 5)


def test_a_feed_has_no_method_and_an_invitation_has():
    invitation = calendars.Invitation("a@b.example", "A", "c@d.example", "C")

    assert "METHOD" not in calendars.feed([entry()], name="x")
    assert "\r\nMETHOD:REQUEST\r\n" in calendars.request(entry(), invitation)
    cancelled = calendars.cancellation(entry(), invitation)
    assert ("\r\nMETHOD:CANCEL\r\n" in cancelled, "\r\nSTATUS:CANCELLED\r\n" in cancelled) == (True, True)


def sequence_in(content):
    return int(re.search(r"SEQUENCE:(\d+)", content)[1])


@pytest.mark.django_db(transaction=True)
def test_the_sequence_rises_and_the_uid_stays_when_a_session_moves(client, monkeypatch):
    activity = make_activity()
    before = client.get(FEED).content.decode()
    session = activity.sessions.get()
    history = Session.pgh_event_model.objects.filter(pgh_obj_id=session.pk)
    first = history.get().pgh_created_at

    monkeypatch.setattr(calendars, "EPOCH", first - timedelta(days=1))
    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at + timedelta(minutes=30))
    after = client.get(FEED).content.decode()

    assert by_icalendar(before)[0].uid == by_icalendar(after)[0].uid
    assert history.count() == 2
    assert sequence_in(after) >= 24 * 3600


@pytest.mark.django_db
def test_private_feeds_show_ones_own_seats_and_those_of_the_company(client, participant, editor, company):
    mine, colleagues, strangers = (make_course(3, title=title) for title in ("Min", "Kollegans", "Annans"))
    join(mine, participant), join(colleagues, editor), join(strangers)
    Registration.objects.filter(activity=mine).update(state="confirmed")
    browser = signed_in(participant)

    for slug in ("", company.slug):
        browser.post("/min-sida/kalendrar/ny/", {"company": slug})
    addresses = [row["url"] for row in browser.get("/min-sida/kalendrar/").context["rows"]]

    found = [sorted(row.summary for row in by_icalendar(client.get(url).content.decode())) for url in addresses]
    assert found == [["Min"], ["Kollegans", "Min"]]


@pytest.mark.django_db
def test_a_revoked_feed_and_one_of_a_company_that_one_has_left_say_no_more(client, participant, company):
    browser = signed_in(participant)
    for slug in ("", company.slug):
        browser.post("/min-sida/kalendrar/ny/", {"company": slug})
        browser.post("/min-sida/kalendrar/ny/", {"company": slug})
    own, companys = [f"/calendar/{feed.token}.ics" for feed in Feed.objects.all()]
    participant.affiliations.update(ended_on=timezone.localdate())
    assert [client.get(url).status_code for url in (own, companys)] == [200, 404]

    browser.post("/min-sida/kalendrar/aterkalla/", {"confirmed": "yes"})

    assert [client.get(url).status_code for url in (own, companys)] == [404, 404]
    browser.post("/min-sida/kalendrar/ny/")
    assert Feed.objects.filter(revoked_at=None).get().token not in own


@pytest.mark.django_db
def test_nobody_gets_the_feed_of_a_company_that_is_not_theirs(other_owner_client, company):
    assert other_owner_client.post("/min-sida/kalendrar/ny/", {"company": company.slug}).status_code == 404
    assert Feed.objects.count() == 0


@pytest.mark.django_db
def test_a_ticket_is_read_by_staff_alone_and_says_whether_it_is_good(client, staff_client, owner_client):
    course = make_course(1)
    good, waiting = join(course, make_user(name="Gunnar")), join(course, person())
    paths = [ticket_url(each).removeprefix("http://localhost:8000") for each in (good, waiting)]

    texts = [staff_client.get(path).content.decode() for path in paths]

    assert ["Biljetten gäller inte" in each for each in texts] == [False, True]
    assert (owner_client.get(paths[0]).status_code, client.get(paths[0]).status_code) == (403, 302)
