"""Seats that become free: whoever gives them back, by whatever way, they go to the next in line."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions.activities import cancel_activity
from events.actions.cancellation import BY_LINK, cancel, cancel_all_of_person, decline
from events.actions.erasure import erase_guest
from events.actions.participants import change_seats, move
from events.actions.seats import settle_activity
from events.models import Registration, State
from tests.events.seats import faults, join, join_together, later, make_course, states
from tests.factories import make_registration

pytestmark = pytest.mark.django_db


def mails(**filters):
    return list(Mail.objects.filter(**filters).order_by("pk").values_list("to", "subject"))


def test_staff_move_a_person_and_the_seat_goes_on(staff):
    course, other = make_course(1), make_course(1)
    first, second = join(course), join(course)

    moved = move(first, by=staff, activity=other)

    assert (moved.activity, moved.state, moved.cause) == (other, "confirmed", "moved")
    assert states(course) == ["offered"]
    with pytest.raises(ValidationError):
        move(second, by=staff, activity=other)


def test_cancelling_the_activity_ends_every_registration_with_a_mail(staff):
    course = make_course(1)
    first, second = join(course), join(course)
    Mail.objects.all().delete()

    cancel_activity(course, by=staff, reason_sv="Sjukdom")

    assert states(course) == ["cancelled", "cancelled"]
    assert mails() == [(each.address, "Inställt: Berätta med ljud") for each in (first, second)]


def test_a_closed_account_frees_what_is_to_come():
    course, past = make_course(1), make_course(1, starts_in=-timedelta(days=3))
    first, _second = join(course), join(course)
    attended = make_registration(past, first.user)

    cancel_all_of_person(first.user)

    assert states(course) == ["cancelled", "offered"]
    attended.refresh_from_db()
    assert attended.state == State.CONFIRMED


def test_a_colleague_who_may_cancels_and_others_may_not(editor, participant, other_owner):
    course = make_course(1)
    registration = join(course, participant)

    with pytest.raises(PermissionDenied):
        cancel(registration, by=other_owner)
    cancelled = cancel(registration, by=editor)

    assert (cancelled.state, cancelled.cause) == ("cancelled", "by_colleague")


def test_companions_leave_with_the_one_who_brought_them():
    course = make_course(5)
    rows = join_together(course, 3)
    cancel(rows[2], by=BY_LINK)
    assert states(course) == ["confirmed", "confirmed", "cancelled"]

    cancel(rows[0], by=BY_LINK)

    assert states(course) == ["cancelled"] * 3


def move_away(registration, staff):
    move(registration, by=staff, activity=make_course(1))


def let_run_out(registration, staff):
    Registration.objects.filter(pk=registration.pk).update(state="offered", held_until=timezone.now())
    settle_activity(registration.activity)


def say_no(registration, staff):
    Registration.objects.filter(pk=registration.pk).update(state="offered", held_until=later(hours=5))
    decline(registration, by=BY_LINK)


WAYS = {
    "the person": lambda row, staff: cancel(row, by=row.user),
    "the link": lambda row, staff: cancel(row, by=BY_LINK),
    "staff": lambda row, staff: cancel(row, by=staff),
    "a closed account": lambda row, staff: cancel_all_of_person(row.user),
    "moved by staff": move_away,
    "more seats": lambda row, staff: change_seats(row.activity, by=staff, capacity=2),
    "silence": let_run_out,
    "no": say_no,
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_freeing_a_seat_offers_it_to_the_next_in_line(staff, way):
    course = make_course(1)
    first, second, third = (join(course) for _ in range(3))

    WAYS[way](first, staff)
    course.refresh_from_db()

    found = [Registration.objects.get(pk=row.pk).state for row in (second, third)]
    assert (found, faults(course)) == (["offered", "waiting"], [])


def test_a_guest_who_is_forgotten_frees_the_seat_too():
    course = make_course(1)
    first, second = join_together(course, 1)[0], join(course)

    erase_guest(first, by=BY_LINK)

    assert [states(course), Registration.objects.get(pk=second.pk).state] == [["cancelled", "offered"], "offered"]
