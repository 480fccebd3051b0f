"""A person's own activities on their page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Registration
from tests.events.seats import join, make_course

pytestmark = pytest.mark.django_db


def test_my_page_shows_offers_first_then_seats_and_the_queue_with_its_reason(participant_client, participant):
    for number, state in enumerate(("confirmed", "waiting", "offered")):
        course = make_course(3, title=state, starts_in=timedelta(days=number + 5), policy="new_companies")
        fields = {"held_until": timezone.now() + timedelta(hours=3)} if state == "offered" else {}
        Registration.objects.create(activity=course, user=participant, state=state, **fields)

    section = next(each for each in participant_client.get("/min-sida/").context["sections"] if "Mina" in each.title)

    assert [row.title for row in section.rows] == ["offered", "confirmed", "waiting"]
    assert section.rows[2].state_text == "Du är nummer 1 av 1 i kön."
    assert (
        section.rows[2].reason == "Ingen i kön kommer från ett företag utan plats, så nästa lediga plats går till dig."
    )


@pytest.mark.parametrize("number", [1, 3, 20])
def test_my_page_asks_as_much_of_the_database_for_few_as_for_many(
    participant_client, participant, number, django_assert_num_queries
):
    for _ in range(number):
        course = make_course(1)
        join(course)
        join(course, participant)
    participant_client.get("/min-sida/")

    with django_assert_num_queries(6):
        participant_client.get("/min-sida/")
