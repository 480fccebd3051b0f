"""A mail says who did what it tells of, where it was not oneself; and no mail thanks for what one has not done."""

from uuid import uuid4

import pytest

from creativenorth.mail.models import Mail
from events.actions.cancellation import BY_LINK, cancel
from events.actions.signup import Attendee, sign_up
from tests.events.seats import join, make_course, person

pytestmark = pytest.mark.django_db


def paragraphs():
    return Mail.objects.latest("pk").text.split("\n\n")


@pytest.fixture
def pair(company):
    """Owner and colleague of one company."""
    return person(company, role="owner"), person(company)


def test_who_is_signed_up_and_off_by_a_colleague_reads_by_whom(pair):
    owner, colleague = pair
    form = {"mode": "on_site", "idempotency_key": uuid4(), "by": owner}
    row = sign_up(
        make_course(1), attendees=[a for a in Attendee.all_colleagues_of(owner) if a.user == colleague], **form
    )[0]
    signed_up = paragraphs()

    cancel(row, by=owner)

    assert signed_up[1] == f"{owner.name} har anmält dig."
    assert paragraphs()[1:3] == [
        f"{owner.name} har avbokat åt dig.",
        "Du är inte längre anmäld. Blev det fel? Svara på det här mejlet eller anmäl dig igen på aktivitetens sida.",
    ]


def test_who_did_it_oneself_is_thanked_and_reads_no_name():
    row = join(make_course(1))
    signed_up = paragraphs()

    cancel(row, by=BY_LINK)

    assert (signed_up[1], paragraphs()[1]) == (
        "Du har en plats. Välkommen!",
        "Du är inte längre anmäld. Tack för att du sa till.",
    )


def test_staff_are_named_with_where_they_work(staff):
    cancel(join(make_course(1)), by=staff)

    assert paragraphs()[1] == f"{staff.name} på Piteå Science Park har avbokat åt dig."


def test_one_is_greeted_by_first_name_and_replies_reach_staff(staff):
    course, member = make_course(1), person()
    member.name = "Åsa-Maria Öberg Lind"
    member.save()
    course.hosts.add(staff)

    join(course, member)

    assert (paragraphs()[0], Mail.objects.get().reply_to) == ("Hej Åsa-Maria!", staff.email)
