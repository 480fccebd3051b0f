"""The engine: seats are taken, offered, held, accepted, declined, let go, freed and moved, and never one too many."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from creativenorth.models import Mail
from events.actions.activities import cancel_activity
from events.actions.leaving import BY_LINK, accept, cancel, decline, release_person
from events.actions.list_keeping import approve, change_seats, move, place_in_queue, turn_down
from events.actions.seats import settle_activity
from events.actions.signup import Attendee, sign_up
from events.models import Activity, Registration, State
from tests.events.seats import faults, guest, join, join_together, make_course, person, states
from tests.factories import make_activity, make_company, make_registration

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
        "confirmed", "confirmed", "confirmed", "waiting"
    ]  # fmt: skip


def test_a_party_waits_and_is_offered_seats_as_a_unit():
    course = make_course(2)
    first, second = join(course), join(course)
    pair = join_together(course, 2)
    cancel(first, by=first.user)
    assert [row.state for row in Registration.objects.filter(party=pair[0].party)] == ["waiting", "waiting"]

    cancel(second, by=second.user)
    accept(pair[0], by=BY_LINK)

    assert [row.state for row in Registration.objects.filter(party=pair[0].party)] == ["confirmed", "confirmed"]


def test_a_single_may_pass_a_party_that_does_not_fit():
    course = make_course(2)
    first = join(course)
    join(course), join_together(course, 2), join(course)

    cancel(first, by=first.user)

    assert states(course) == ["cancelled", "confirmed", "waiting", "waiting", "offered"]


def test_companies_without_a_seat_come_first():
    course = make_course(1, policy="new_companies")
    with_seat, without = make_company(), make_company()
    first = join(course, person(with_seat))
    extra = join(course, person(with_seat))
    join(course, person(without))
    Activity.objects.filter(pk=course.pk).update(capacity=2)

    settle_activity(course)

    assert states(course) == ["confirmed", "waiting", "offered"]
    assert (first.company, extra.company) == (with_seat, with_seat)


def test_the_target_group_comes_first():
    course = make_course(1, policy="target_group", target_groups=["manager"])
    company = make_company()
    first = join(course)
    join(course, person(company, target_group="creator"))
    join(course, person(company, target_group="manager"))

    cancel(first, by=first.user)

    assert states(course) == ["cancelled", "waiting", "offered"]


def test_a_company_has_no_more_than_its_limit_and_waits_for_its_own():
    course = make_course(3, company_limit=1)
    company = make_company()
    first, second = join(course, person(company)), join(course, person(company))
    assert (first.state, second.state, faults(course)) == ("confirmed", "waiting", [])

    cancel(first, by=first.user)

    assert states(course) == ["cancelled", "offered"]


def test_nobody_has_a_seat_before_staff_have_said_yes(staff):
    course = make_course(1, needs_approval=True)
    first, second, third = (join(course) for _ in range(3))

    approve(second, by=staff)
    approve(first, by=staff)
    turn_down(third, by=staff, reason="Bara för spelbolag")

    assert states(course) == ["waiting", "confirmed", "declined"]
    cancel(second, by=second.user)
    assert states(course) == ["offered", "cancelled", "declined"]


def test_staff_reorder_the_queue_with_a_reason(staff):
    course = make_course(1)
    first, second, _third, fourth = (join(course) for _ in range(4))
    with pytest.raises(ValidationError):
        place_in_queue(fourth, by=staff, place=1, reason=" ")

    place_in_queue(fourth, by=staff, place=2, reason="Föreläser på kvällen")
    cancel(first, by=first.user)
    cancel(second, by=second.user)

    assert states(course) == ["cancelled", "cancelled", "waiting", "offered"]
    ranks = Registration.objects.order_by("pk").values_list("rank", "reason")
    assert list(ranks) == [(None, ""), (1, ""), (None, ""), (2, "")]


def test_staff_move_a_person_and_the_seat_goes_on(staff):
    course, other = make_course(1), make_course(1)
    first, second = join(course), join(course)

    moved = move(first, by=staff, activity=other)

    assert (moved.activity, moved.state, moved.cause) == (other, "confirmed", "moved")
    assert states(course) == ["offered"]
    with pytest.raises(ValidationError):
        move(second, by=staff, activity=other)


def test_cancelling_the_activity_ends_every_place_and_tells_everybody(staff):
    course = make_course(1)
    first, second = join(course), join(course)
    Mail.objects.all().delete()

    cancel_activity(course, by=staff, reason_sv="Sjukdom")

    assert states(course) == ["cancelled", "cancelled"]
    assert mails() == [(each.address, "Inställt: Berätta med ljud") for each in (first, second)]


def test_a_closed_account_frees_what_is_to_come():
    course, past = make_course(1), make_course(1, starts_in=-timedelta(days=3))
    first, _second = join(course), join(course)
    been = make_registration(past, first.user)

    release_person(first.user)

    assert states(course) == ["cancelled", "offered"]
    been.refresh_from_db()
    assert been.state == State.CONFIRMED


def test_a_colleague_who_may_cancels_and_others_may_not(editor, participant, other_owner):
    course = make_course(1)
    place = join(course, participant)

    with pytest.raises(PermissionDenied):
        cancel(place, by=other_owner)
    cancelled = cancel(place, by=editor)

    assert (cancelled.state, cancelled.cause) == ("cancelled", "by_colleague")


def test_companions_leave_with_the_one_who_brought_them():
    course = make_course(5)
    rows = join_together(course, 3)
    cancel(rows[2], by=BY_LINK)
    assert states(course) == ["confirmed", "confirmed", "cancelled"]

    cancel(rows[0], by=BY_LINK)

    assert states(course) == ["cancelled"] * 3


def test_the_same_form_twice_gives_one_registration_and_the_same_answer():
    course, who, nonce = make_course(2), person(), uuid4()
    form = {"attendees": [Attendee.of(who)], "mode": "on_site", "nonce": nonce, "by": who}
    first = sign_up(course, **form)
    again = sign_up(course, **form)
    cancel(first[0], by=who)

    resent = sign_up(course, **form)

    assert again == first == resent
    assert states(course) == ["cancelled"]


def test_another_form_of_the_same_person_gives_the_same_registration():
    course, who = make_course(2), person()

    assert join(course, who) == join(course, who)
    stranger = guest(email="SAMMA@utanfor.example")
    other_case = guest(email="samma@utanfor.example")
    assert [
        sign_up(course, attendees=[each], mode="on_site", nonce=uuid4())[0].pk for each in (stranger, other_case)
    ] == [Registration.objects.latest("pk").pk] * 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"audience": "nobody"}, "nobody"),
        ({"audience": "members"}, "audience"),
        ({"audience": "invited"}, "audience"),
        ({"starts_in": -timedelta(hours=1)}, "started"),
        ({"signup_closes_at": timezone.now() - timedelta(hours=1)}, "closed"),
        ({"signup_opens_at": timezone.now() + timedelta(hours=1)}, "not_yet"),
        ({"published": False}, "nobody"),
    ],
)
def test_sign_up_is_refused_in_words(fields, code, staff):
    course = make_course(**fields)

    with pytest.raises(ValidationError) as error:
        join(course)

    assert error.value.code == code
    if code != "nobody":
        walk_in = sign_up(course, attendees=[guest()], mode="on_site", nonce=uuid4(), by=staff, as_staff=True)
        assert walk_in[0].state == State.CONFIRMED


def test_an_activity_for_its_target_group_in_member_companies():
    course = make_course(5, audience="target_group", target_groups=["manager"])
    member, outside = make_company(), make_company(member=False)

    assert join(course, person(member, target_group="manager")).state == State.CONFIRMED
    for who in (person(member, target_group="creator"), person(outside, target_group="manager"), person()):
        with pytest.raises(ValidationError):
            join(course, who)


def test_those_on_the_list_of_invited_may_sign_up():
    course, who = make_course(5, audience="invited"), person()
    course.invitees.create(email=who.email.upper())

    assert join(course, who).state == State.CONFIRMED


def test_only_who_keeps_the_company_signs_up_a_colleague(editor, participant, other_owner):
    course = make_course(5)
    form = {"attendees": [Attendee.of(participant)], "mode": "on_site"}

    for stranger in (other_owner, person()):
        with pytest.raises(PermissionDenied):
            sign_up(course, **form, nonce=uuid4(), by=stranger)
    made = sign_up(course, **form, nonce=uuid4(), by=editor)[0]

    assert (made.user, made.booked_by) == (participant, editor)


def test_every_decision_is_in_the_history():
    course = make_course(1)
    first, second = join(course), join(course)
    cancel(first, by=first.user)
    accept(second, by=BY_LINK)

    events = Registration.pgh_event_model.objects.filter(pgh_obj_id=second.pk).order_by("pgh_id")

    assert list(events.values_list("state", "cause")) == [
        ("waiting", "joined_queue"), ("offered", "seat_free"), ("confirmed", "accepted")
    ]  # fmt: skip


def test_a_draft_has_no_seats_to_give():
    draft = make_activity(published=False)

    with pytest.raises(ValidationError):
        join(draft)
