"""Many at once, in real threads on real Postgres. First the proof that the race is there when nobody guards the seats."""

import contextlib
import random
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from events.actions import seats as engine
from events.actions.cancellation import BY_LINK, accept, cancel, decline
from events.actions.participants import change_seats
from events.actions.seats import Busy, locked_seats, settle_activity
from events.actions.signup import Attendee, sign_up
from events.models import Activity, Registration, State
from tests.events.seats import faults, join, make_course, person, states
from tests.factories import make_user
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TRIGGER = "events.Registration:never_a_seat_too_many"


@pytest.fixture
def no_lock(monkeypatch):
    """The engine without its lock: everybody reads the activity, and nobody goes on before all have."""
    barrier = Barrier(12)

    def unlocked(activity):
        found = Activity.objects.get(pk=activity.pk)
        with contextlib.suppress(BrokenBarrierError):
            barrier.wait(5)
        return found

    monkeypatch.setattr(engine, "lock_activity", unlocked)


@pytest.fixture
def no_trigger(db):
    """The database without its own refusal of a seat too many."""
    ((model, trigger),) = pgtrigger.registered(TRIGGER)
    trigger.disable(model)
    yield
    trigger.enable(model)


def test_without_lock_and_trigger_there_are_seats_too_many(no_lock, no_trigger):
    course, people = make_course(3), [person() for _ in range(12)]

    at_once(lambda who: join(course, who), people)

    assert states(course).count("confirmed") > 3


def test_without_the_lock_the_database_alone_still_refuses(no_lock):
    course, people = make_course(3), [person() for _ in range(12)]

    answers = at_once(lambda who: join(course, who), people)

    assert states(course).count("confirmed") == 3
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert refused
    assert {type(answer) for answer in refused} == {IntegrityError}


def test_fifty_at_once_for_five_seats():
    course, people = make_course(5), [person() for _ in range(50)]

    answers = at_once(lambda who: join(course, who), people)

    assert sorted(answer.state for answer in answers) == ["confirmed"] * 5 + ["waiting"] * 45
    assert states(course) == ["confirmed"] * 5 + ["waiting"] * 45
    queued = list(Registration.objects.waiting().order_by("pk").values_list("queued_at", flat=True))
    assert queued == sorted(queued)


def test_one_form_sent_by_two_tabs_at_once_is_one_registration():
    course, who, idempotency_key = make_course(5), person(), uuid4()
    form = {"attendees": [Attendee.for_user(who)], "mode": "on_site", "by": who}

    answers = at_once(
        lambda key: sign_up(course, **form, idempotency_key=key)[0].pk,
        [idempotency_key, idempotency_key, uuid4(), uuid4()],
    )

    assert len(set(answers)) == 1
    assert states(course) == ["confirmed"]


def test_yes_and_no_at_once_give_one_answer():
    course = make_course(1)
    first, second = join(course), join(course)
    cancel(first, by=BY_LINK)

    at_once(lambda act: act(second, by=BY_LINK), [accept, decline] * 6)

    second.refresh_from_db()
    assert second.state in (State.CONFIRMED, State.DECLINED)
    changes = Registration.pgh_event_model.objects.filter(pgh_obj_id=second.pk).order_by("pgh_id")
    assert list(changes.values_list("state", flat=True)) == ["waiting", "offered", second.state]


def test_everything_at_once_leaves_no_seat_too_many_and_none_empty():
    staff, course = make_user(is_staff=True, is_superuser=True), make_course(6)
    rows = [join(course) for _ in range(30)]
    chance = random.Random(7)
    acts = [lambda row: cancel(row, by=BY_LINK), lambda row: accept(row, by=BY_LINK)]
    acts += [lambda row: decline(row, by=BY_LINK), lambda row: join(course), lambda row: settle_activity(course)]
    acts += [lambda row: change_seats(course, by=staff, capacity=chance.randint(4, 9))]

    answers = at_once(lambda act: act(chance.choice(rows)), chance.choices(acts, k=120))

    course.refresh_from_db()
    assert faults(course) == []
    assert {type(each) for each in answers if isinstance(each, Exception)} <= {ValidationError}


def test_who_waits_too_long_for_the_lock_is_told_that_it_is_busy():
    course, who = make_course(1), person()

    def impatient(_):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            return join(course, who)

    with locked_seats(course):
        answers = at_once(impatient, [1])

    assert isinstance(answers[0], Busy)
    assert states(course) == []
