"""Who may sign up, when and for whom; and a form that is sent again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from events.actions.cancellation import cancel
from events.actions.signup import Attendee, sign_up
from events.models import Registration, State
from tests.events.seats import guest, join, make_course, person, states
from tests.factories import make_company

pytestmark = pytest.mark.django_db


def test_the_same_form_twice_gives_one_registration_and_the_same_answer():
    course, who, idempotency_key = make_course(2), person(), uuid4()
    form = {"attendees": [Attendee.for_user(who)], "mode": "on_site", "idempotency_key": idempotency_key, "by": who}
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
        sign_up(course, attendees=[each], mode="on_site", idempotency_key=uuid4())[0].pk
        for each in (stranger, other_case)
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
        walk_in = sign_up(course, attendees=[guest()], mode="on_site", idempotency_key=uuid4(), by=staff, as_staff=True)
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
    form = {"attendees": [Attendee.for_user(participant)], "mode": "on_site"}

    for stranger in (other_owner, person()):
        with pytest.raises(PermissionDenied):
            sign_up(course, **form, idempotency_key=uuid4(), by=stranger)
    made = sign_up(course, **form, idempotency_key=uuid4(), by=editor)[0]

    assert (made.user, made.booked_by) == (participant, editor)
