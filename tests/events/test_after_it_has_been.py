"""What is over is told as what has been: no welcome, no ticket, nothing for the calendar, no mail."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions.cancellation import BY_LINK, cancel
from events.actions.mails.links import registration_url
from events.actions.signup import Attendee, sign_up
from events.models import Attendance
from events.tickets import ticket_url
from tests.events.seats import guest, join, make_course
from tests.factories import make_session
from tests.markup import tight
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
SOON_AND_PAST = [
    "Du har en plats",
    "Välkommen!",
    "Lägg i min kalender",
    "Google",
    "Visa den vid dörren, i mobilen eller på papper.",
    'class="ticket__code"',
]


@pytest.fixture
def course():
    return make_course(2, starts_in=timedelta(days=1))


def read(client, url):
    return tight(client.get(url.removeprefix("http://localhost:8000")).content.decode())


def at(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_a_seat_becomes_a_seat_one_had(client, course):
    row = join(course)
    before = read(client, registration_url(row))

    with at(30):
        after = read(client, registration_url(row))

    assert [text in before for text in SOON_AND_PAST] == [True] * 6
    assert [text in after for text in SOON_AND_PAST] == [False] * 6
    assert ("Du hade en plats" in after, "Aktiviteten har varit." in after) == (True, True)


def test_between_two_dates_the_ticket_is_still_good(client, course):
    make_session(course, starts_in=timedelta(days=8))
    row = join(course)

    with at(3):
        page = read(client, registration_url(row))

    assert ("Du har en plats" in page, 'class="ticket__code"' in page) == (True, True)


def test_who_was_there_reads_so(client, course):
    row = join(course)
    Attendance.objects.create(registration=row, session=course.sessions.get(), minutes=60)

    with at(30):
        page = read(client, registration_url(row))

    assert ("Du var där" in page, "Du hade en plats" in page) == (True, False)


@pytest.mark.parametrize(("ends", "text"), [("waiting", "Du stod i kön"), ("cancelled", "Du var inte anmäld")])
def test_other_states_are_told_as_what_was(client, course, ends, text):
    rows = [join(course) for _ in range(3)]
    row = rows[2]
    if ends == "cancelled":
        cancel(row, by=BY_LINK)

    with at(30):
        page = read(client, registration_url(row))

    assert text in page


def test_the_link_to_an_online_meeting_goes_when_it_is_over(client):
    row = join(make_course(None, mode="online", online_url="https://meet.example/x"), mode="online")
    before = read(client, registration_url(row))

    with at(60):
        after = read(client, registration_url(row))

    assert ("meet.example" in before, "meet.example" in after) == (True, False)


def test_the_activitys_page_says_what_was(client, participant, course):
    join(course, participant, mode="on_site")
    before = read(signed_in(participant), course.url)

    with at(30):
        after = read(signed_in(participant), course.url)

    assert ("Du har en plats" in before, "Du har en plats" in after, "Du hade en plats" in after) == (True, False, True)


@pytest.mark.parametrize(("hours", "text"), [(1, "Aktiviteten har börjat."), (24 * 30, "Aktiviteten har varit.")])
def test_sign_up_says_begun_while_it_lasts_and_been_afterwards(client, course, hours, text):
    begins = course.sessions.get().starts_at
    form = {"name": "Gun Gäst", "email": "gun@gast.example", "shown_to": "nobody"}

    with time_machine.travel(begins + timedelta(hours=hours), tick=False):
        page, refused = (
            read(client, f"{course.url}anmalan/"),
            client.post(f"{course.url}anmalan/", form),
        )

    assert (text in page, refused.status_code, text in refused.content.decode()) == (True, 422, True)


def test_the_door_says_that_it_has_been(staff, course):
    row = join(course)

    with at(30):
        page = read(signed_in(staff), ticket_url(row))

    assert ("Biljetten gäller" in page, "Aktiviteten har varit" in page) == (False, True)


def test_nobody_gets_a_seat_mail_about_what_has_been(staff, course):
    row = join(course)
    Mail.objects.all().delete()

    with at(30):
        form = {"mode": "on_site", "idempotency_key": row.uuid, "by": staff, "as_staff": True}
        sign_up(course, attendees=[guest("Sen Gäst"), Attendee(name="Följe")], **form)
        cancel(row, by=staff)

    assert Mail.objects.count() == 0
