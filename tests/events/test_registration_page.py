"""A registration by its secret link: seen, answered and cancelled without signing in; and what never opens it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from creativenorth.mail.models import Mail
from creativenorth.web import secret_links
from events.actions.cancellation import BY_LINK, cancel
from events.actions.mails.links import registration_url
from events.actions.signup import Attendee, sign_up
from tests.events.seats import join, make_course, states

pytestmark = pytest.mark.django_db


def path(registration):
    return registration_url(registration).removeprefix("http://localhost:8000")


@pytest.fixture
def queue():
    """An activity with one seat: who has it, and two who wait."""
    course = make_course(1)
    return course, [join(course) for _ in range(3)]


def test_link_shows_queue_position_and_the_reason(client, queue):
    _course, (_first, _second, third) = queue

    page = client.get(path(third))

    assert page.status_code == 200
    assert (page.context["queue_position"].number, page.context["queue_position"].of) == (2, 2)
    assert page.context["queue_position"].reason == "Nästa lediga plats går till den som har väntat längst."
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


@pytest.mark.parametrize(("answer", "expected"), [("yes", ["confirmed", "waiting"]), ("no", ["declined", "offered"])])
def test_yes_and_no_by_the_link(client, queue, answer, expected):
    course, (first, second, _third) = queue
    cancel(first, by=BY_LINK)

    responses = [client.post(f"{path(second)}svar/", {"answer": answer}) for _ in range(2)]

    assert [response.url for response in responses] == [path(second)] * 2
    assert states(course) == ["cancelled", *expected]


def test_cancelling_by_the_link_offers_the_seat_on_and_twice_is_once(client, queue):
    course, (first, _second, _third) = queue

    responses = [client.post(f"{path(first)}avboka/", {"confirmed": "yes"}) for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    assert states(course) == ["cancelled", "offered", "waiting"]
    assert "Din plats är avbokad." in client.get(path(first)).content.decode()


def test_reading_changes_nothing(client, queue):
    course, rows = queue
    for page in ("", "svar/", "avboka/"):
        client.get(path(rows[0]) + page)

    assert states(course) == ["confirmed", "waiting", "waiting"]


def test_the_meeting_is_linked_for_who_has_a_seat_online_and_the_ticket_for_the_door(client):
    course = make_course(1, mode="hybrid", online_capacity=1, online_url="https://moten.example/rum")
    rows = [join(course), join(course, mode="online"), join(course, mode="online")]

    pages = [client.get(path(row)) for row in rows]

    assert ["https://moten.example/rum" in page.content.decode() for page in pages] == [False, True, False]
    assert [bool(page.context["ticket"]) for page in pages] == [True, False, False]


@pytest.mark.parametrize(("mode", "words"), [("on_site", "Din biljett"), ("online", "länken till mötet")])
def test_the_mail_speaks_of_the_ticket_or_of_the_meeting(mode, words):
    course = make_course(1, mode="hybrid", online_capacity=1, online_url="https://moten.example/rum")

    join(course, mode=mode)

    text = Mail.objects.get().text
    assert ([each for each in ("Din biljett", "länken till mötet") if each in text]) == [words]
    assert ("https://moten.example/rum" in text) == (mode == "online")


def test_each_date_has_a_link_to_the_calendar_with_its_own_name(client):
    page = client.get(path(join(make_course(1, sessions=3)))).content.decode()

    names = re.findall(r">Lägg i Google Kalender: ([^<]+)</a>", page)
    assert (len(names), len(set(names))) == (3, 3)


@pytest.mark.parametrize("page", ["registration", "registration_answer", "registration_cancellation"])
def test_no_other_link_opens_a_registration(client, queue, page):
    registration = queue[1][0]
    token = secret_links.token(registration.uuid, "registration")
    forged = [
        secret_links.token(registration.uuid, "feed"),
        secret_links.token(uuid4(), "registration"),
        token[:-1],
        token[:-2] + "AA",
        "å",
        str(registration.uuid),
    ]

    method = client.get if page == "registration" else client.post

    assert [method(reverse(f"events:{page}", args=[each])).status_code for each in forged] == [404] * 6


def test_after_the_start_the_link_no_longer_cancels(client):
    course = make_course(1)
    row = join(course)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        response = client.post(f"{path(row)}avboka/", {"confirmed": "yes"})

    assert response.status_code == 422
    assert states(course) == ["confirmed"]


def test_the_page_says_who_has_signed_up_and_who_has_cancelled(client, editor, participant):
    row = sign_up(
        make_course(2),
        attendees=[Attendee.for_user(participant)],
        mode="on_site",
        idempotency_key=uuid4(),
        by=editor,
    )[0]
    before = client.get(path(row)).content.decode()

    cancel(row, by=editor)

    assert f"Anmäld av {editor.name}." in before
    after = client.get(path(row)).content.decode()
    assert ["Någon annan har avbokat din plats." in after, "Tack för att du sa till" in after] == [
        True,
        False,
    ]
