"""One session's time is the same on every page and in every mail: an evening that ends at midnight, a camp of three days."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from creativenorth.mail.models import Mail
from events.actions.mails.links import registration_url
from events.models import Session
from events.texts import next_session_text
from events.tickets import ticket_url
from tests.events.activity_form import LIST, form_data
from tests.events.seats import join
from tests.factories import make_activity
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")
EVENING = (datetime(2026, 12, 4, 20, tzinfo=STOCKHOLM), datetime(2026, 12, 5, tzinfo=STOCKHOLM))
CAMP = (datetime(2026, 12, 7, 10, tzinfo=STOCKHOLM), datetime(2026, 12, 9, 15, tzinfo=STOCKHOLM))
SPANS = {
    "evening": (EVENING, "fre 4 december", "20.00–00.00"),
    "camp": (CAMP, "mån 7 december", "10.00 – ons 9 december 15.00"),
}


@pytest.fixture(autouse=True)
def in_december_2026():
    with time_machine.travel("2026-12-01 12:00:00+01:00", tick=False):
        yield


@pytest.fixture(params=SPANS)
def span(request):
    return SPANS[request.param]


@pytest.fixture
def activity(span):
    found = make_activity(sessions=0, capacity=5)
    Session.objects.create(activity=found, starts_at=span[0][0], ends_at=span[0][1])
    return found


def read(client, url):
    page = client.get(url.removeprefix("http://localhost:8000"), follow=True).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_public_pages_say_the_same(client, activity, span):
    _times, day, clock = span

    texts = {url: read(client, url) for url in ("/", "/aktiviteter/", activity.url, f"{activity.url}anmalan/")}

    assert {url: (day in text.lower(), clock in text) for url, text in texts.items()} == dict.fromkeys(
        texts, (True, True)
    )


def test_a_persons_pages_and_mail_say_the_same(participant, activity, span):
    _times, day, clock = span
    registration = join(activity, participant)
    browser = signed_in(participant)

    texts = [read(browser, url) for url in ("/min-sida/", registration_url(registration))]
    texts.append(Mail.objects.get(cause__contains="confirmed").text)

    assert [(day in text.lower(), clock in text) for text in texts] == [(True, True)] * 3


def test_pages_at_the_door_say_the_same(staff_client, participant, activity, span):
    _times, day, clock = span
    registration, session = join(activity, participant), activity.sessions.get()
    urls = [f"/admin/events/registration/{part}/" for part in (f"attendance/{session.pk}", f"of/{activity.pk}/print")]

    texts = [read(staff_client, url) for url in urls]
    with time_machine.travel(session.starts_at, tick=False):
        texts.append(read(staff_client, ticket_url(registration)))

    assert [(day in text.lower(), clock in text) for text in texts] == [(True, True)] * 3


def test_staffs_list_says_the_days(staff_client, activity, span):
    (_starts_at, ends_at), day, _clock = span

    both = "mån 7 december – ons 9 december, v. 50" if ends_at.day == 9 else f"{day}, v. 49"
    assert both in read(staff_client, LIST)


def test_midnight_needs_no_second_day_in_the_form(staff_client):
    changes = {"sessions-0-day": "2026-12-04", "sessions-0-begins": "20:00", "sessions-0-ends": "00:00"}

    staff_client.post(f"{LIST}add/", form_data(**changes))

    session = Session.objects.get()
    assert (session.starts_at, session.ends_at) == EVENING
    form = staff_client.get(f"{LIST}{session.activity_id}/change/").context["dates"].formset.forms[0]
    assert (form["ends"].value(), form["last_day"].value()) == (EVENING[1].time(), None)


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_year_that_cannot_be_meant_is_refused_beside_its_field(staff_client, day):
    refused = staff_client.post(f"{LIST}add/", form_data(**{"sessions-0-day": day, "sessions-0-ends": "00:00"}))

    assert list(refused.context["dates"].formset.errors[0]) == ["day"]


def test_of_several_dates_the_next_is_told_and_afterwards_the_last():
    course = make_activity(sessions=0)
    for starts_at, ends_at in (CAMP, EVENING):
        Session.objects.create(activity=course, starts_at=starts_at, ends_at=ends_at)
    sessions = list(course.sessions.all())

    texts = [next_session_text(sessions)]
    for moment in ("2026-12-05 12:00:00+01:00", "2026-12-10 12:00:00+01:00"):
        with time_machine.travel(moment, tick=False):
            texts.append(next_session_text(sessions))

    assert texts == [
        "Fre 4 december, v. 49, 20.00–00.00 och 1 datum till",
        "Mån 7 december, v. 50, 10.00 – ons 9 december 15.00",
        "Mån 7 december, v. 50, 10.00 – ons 9 december 15.00 och 1 datum till",
    ]
