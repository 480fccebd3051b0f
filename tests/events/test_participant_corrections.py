"""Corrections that would make two of one address, moving to what is over, offers after the start, forms nobody confirmed."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.actions.cancellation import accept, cancel
from events.actions.housekeeping import erase_expired
from events.actions.signup import sign_up
from events.forms.participants import MoveForm
from events.models import GuestSignUp, State
from events.pages.queue_position import queue_position
from tests.events.seats import guest, join, make_course
from tests.events.test_signup import GUEST, form, path

pytestmark = pytest.mark.django_db


def signed_up(course, email):
    return sign_up(course, attendees=[guest(email=email)], mode="on_site", idempotency_key=uuid4())[0]


def test_a_guest_is_corrected_in_small_letters_and_into_nobody_else(staff_client):
    course = make_course(3)
    row, _other = signed_up(course, "a@ute.example"), signed_up(course, "b@ute.example")
    page = f"/admin/events/registration/{row.pk}/change/"
    fields = {"guest_name": row.guest_name, "shown_to": "nobody", "language": "sv", "target_group": "", "company": ""}

    refused = staff_client.post(page, fields | {"email": "B@ute.example", "guest_name": "gun  gäst"})
    staff_client.post(page, fields | {"email": "Beda@Ute.Example"})

    row.refresh_from_db()
    errors = refused.context["adminform"].form.errors
    assert errors == {"email": ["Någon med det namnet och den adressen finns redan på listan."]}
    assert row.email == "beda@ute.example"


def test_one_is_moved_to_what_is_to_come_alone():
    over, coming = make_course(2, starts_in=timedelta(days=-3)), make_course(2)
    row = join(make_course(2))

    offered = MoveForm(registration=row).fields["activity"].queryset

    assert set(offered) == {row.activity, coming}
    assert over not in offered


def test_an_offer_is_not_accepted_once_the_activity_has_begun():
    course = make_course(1)
    first, second = join(course), join(course)
    cancel(first, by=first.user)
    course.sessions.update(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now() + timedelta(hours=1))

    with pytest.raises(ValidationError, match="har börjat"):
        accept(second, by=second.user)


def test_who_has_been_moved_on_meanwhile_has_no_queue_position_and_no_error():
    course = make_course(1)
    first, second = join(course), join(course)
    cancel(first, by=first.user)

    assert (second.state, queue_position(second)) == (State.WAITING, None)


def test_a_form_that_nobody_confirmed_goes_when_its_link_is_dead(client):
    course = make_course(2, asks_diet=True, requirements_kept_days=0)
    client.post(path(course), form(**GUEST, diet=["vegan"]))

    with time_machine.travel(timezone.now() + timedelta(days=4)):
        erase_expired()

    assert GuestSignUp.objects.count() == 0
