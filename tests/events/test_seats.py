"""The engine: seats are taken, offered, held, accepted and let go, and never one too many."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions.cancellation import BY_LINK, accept, cancel, decline
from events.actions.participants import change_seats
from events.actions.seats import settle_activity
from events.models import Activity, Registration, State
from tests.events.seats import faults, join, make_course, person, states
from tests.factories import make_activity, make_registration

pytestmark = pytest.mark.django_db


def mails(**filters):
    return list(Mail.objects.filter(**filters).order_by("pk").values_list("to", "subject"))


def test_seats_are_given_until_they_end_and_then_people_wait():
    course = make_course(2)

    for _ in range(4):
        join(course)

    assert states(course) == ["confirmed", "confirmed", "waiting", "waiting"]


def test_without_a_limit_everybody_has_a_seat():
    course = make_course(None)

    assert [join(course).state for _ in range(3)] == ["confirmed"] * 3


def test_a_freed_seat_is_offered_and_held_for_the_one_who_waited_longest():
    course = make_course(1)
    first, second, _third = (join(course) for _ in range(3))

    cancel(first, by=first.user)

    second.refresh_from_db()
    assert states(course) == ["cancelled", "offered", "waiting"]
    assert second.held_until - second.changed_at == timedelta(hours=24)
    assert faults(course) == []


def test_a_held_seat_is_nobody_elses():
    course = make_course(1)
    first, _ = join(course), join(course)
    cancel(first, by=BY_LINK)

    assert join(course).state == State.WAITING


def test_yes_confirms_and_a_second_yes_answers_the_same():
    course = make_course(1)
    first, second = join(course), join(course)
    cancel(first, by=first.user)

    answers = [accept(second, by=BY_LINK) for _ in range(2)]

    assert [each.state for each in answers] == ["confirmed", "confirmed"]
    assert [subject for to, subject in mails(to=second.address)][2:] == ["Du har en plats: Berätta med ljud"]


def test_no_and_silence_and_leaving_the_queue_all_move_on():
    course = make_course(1)
    first, second, _third, fourth, _fifth = (join(course) for _ in range(5))
    cancel(first, by=first.user)
    cancel(fourth, by=fourth.user)

    decline(second, by=BY_LINK)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        settle_activity(course)
        assert faults(course) == []

    assert states(course) == ["cancelled", "declined", "declined", "cancelled", "offered"]


def test_a_yes_that_comes_too_late_finds_the_seat_gone_to_the_next():
    course = make_course(1)
    first, second, _third = (join(course) for _ in range(3))
    cancel(first, by=first.user)

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        answer = accept(second, by=BY_LINK)

    assert (answer.state, answer.cause) == ("declined", "no_answer")
    assert states(course) == ["cancelled", "declined", "offered"]


def test_no_offer_goes_out_after_the_cutoff_and_then_a_seat_is_for_whoever_asks():
    course = make_course(1, starts_in=timedelta(hours=3), cutoff_hours=3)
    first, second, third = (join(course) for _ in range(3))

    cancel(first, by=first.user)

    assert states(course) == ["cancelled", "waiting", "waiting"]
    assert join(course, third.user).state == State.CONFIRMED
    assert join(course, second.user).state == State.WAITING


def test_an_offer_is_held_for_less_time_near_the_start():
    course = make_course(1, starts_in=timedelta(hours=11), cutoff_hours=2)
    first, second = join(course), join(course)

    cancel(first, by=first.user)

    second.refresh_from_db()
    assert second.held_until - second.changed_at == pytest.approx(timedelta(hours=3), abs=timedelta(seconds=5))


def test_k_freed_seats_go_to_exactly_the_first_k(staff):
    course = make_course(1)
    join(course)
    for _ in range(5):
        join(course)

    change_seats(course, by=staff, capacity=4)

    assert states(course) == ["confirmed", "offered", "offered", "offered", "waiting", "waiting"]


def test_fewer_seats_than_are_taken_are_refused_by_action_and_database(staff):
    course = make_course(2)
    join(course), join(course)

    with pytest.raises(ValidationError) as error:
        change_seats(course, by=staff, capacity=1)
    with pytest.raises(IntegrityError, match="fewer seats"), transaction.atomic():
        Activity.objects.filter(pk=course.pk).update(capacity=1)
    with pytest.raises(IntegrityError, match="fewer seats"), transaction.atomic():
        Activity.objects.filter(pk=course.pk).update(mode="online")

    assert error.value.code == "taken"


@pytest.mark.parametrize("state", ["confirmed", "offered"])
def test_the_database_refuses_a_seat_too_many_whoever_asks(state):
    course = make_course(1)
    make_registration(course)
    waiting = make_registration(course, state="waiting")

    with pytest.raises(IntegrityError, match="a seat too many"), transaction.atomic():
        make_registration(course, state=state)
    with pytest.raises(IntegrityError, match="a seat too many"), transaction.atomic():
        Registration.objects.filter(pk=waiting.pk).update(state="confirmed")
    with pytest.raises(IntegrityError, match="a seat too many"), transaction.atomic():
        make_registration(course, mode="online")


def test_site_and_online_have_seats_and_queues_of_their_own():
    course = make_course(1, mode="hybrid", online_capacity=1)
    first, _waiting = join(course), join(course)
    online = [join(course, mode="online") for _ in range(2)]

    cancel(first, by=first.user)

    assert [each.state for each in online] == ["confirmed", "waiting"]
    assert states(course) == ["cancelled", "offered", "confirmed", "waiting"]


def test_a_part_of_an_activity_is_an_activity_with_its_own_queue():
    dinner, course = make_course(1), make_course(2)
    people = [person() for _ in range(2)]

    assert [join(each, who).state for who in people for each in (course, dinner)] == [
        "confirmed",
        "confirmed",
        "confirmed",
        "waiting",
    ]


def test_every_decision_is_in_the_history():
    course = make_course(1)
    first, second = join(course), join(course)
    cancel(first, by=first.user)
    accept(second, by=BY_LINK)

    events = Registration.pgh_event_model.objects.filter(pgh_obj_id=second.pk).order_by("pgh_id")

    assert list(events.values_list("state", "cause")) == [
        ("waiting", "joined_queue"),
        ("offered", "seat_free"),
        ("confirmed", "accepted"),
    ]


def test_a_draft_has_no_seats_to_give():
    draft = make_activity(published=False)

    with pytest.raises(ValidationError):
        join(draft)
