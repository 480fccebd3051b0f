"""One person was at a session once, by whatever registrations and accounts they came."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from events.actions.attendance import confirm_all, save_attendance
from events.actions.cancellation import cancel
from events.actions.door.scans import check_in
from events.models import Attendance, Registration
from tests.factories import make_registration, make_user

pytestmark = pytest.mark.django_db


def minutes(session):
    found = Attendance.objects.filter(session=session).order_by("registration")
    return list(found.values_list("registration", "minutes"))


@pytest.mark.parametrize("is_member", [True, False])
def test_whoever_left_and_came_back_was_there_once(staff, session, course, is_member):
    """Nothing fails, nobody is counted twice, and nobody who was there is missed."""
    whose = {"user": make_user()} if is_member else {"email": "gast@utanfor.example", "guest_name": "Gäst"}
    first = make_registration(course, **whose)
    confirm_all(session, by=staff)
    cancel(first, by=staff)
    again, other = make_registration(course, **whose), make_registration(course)

    added = confirm_all(session, by=staff)
    save_attendance(session, by=staff, shown={}, here={again.pk: None, other.pk: None})
    known = check_in(again, session=session, by=staff)

    assert (added, minutes(session)) == (1, [(first.pk, 120), (other.pk, 120)])
    assert (known.registration, Registration.objects.absent_from(session).count()) == (first, 0)


@pytest.mark.parametrize("is_first_as_guest", [True, False])
def test_who_was_there_as_a_guest_and_by_the_account_was_there_once(staff, session, course, is_first_as_guest):
    """Same address, confirmed: whichever is ticked, there is one attendance, and nobody is missed."""
    who = make_user()
    own = make_registration(course, who)
    rows = [make_registration(course, guest_name=who.name, email=who.email), own]
    first, second = rows if is_first_as_guest else reversed(rows)
    save_attendance(session, by=staff, shown={}, here={first.pk: 45})

    save_attendance(session, by=staff, shown={first.pk: 45}, here={first.pk: 45, second.pk: None})
    known, added = check_in(second, session=session, by=staff), confirm_all(session, by=staff)

    with pytest.raises(IntegrityError, match="already"), transaction.atomic():
        Attendance.objects.create(session=session, registration=second, minutes=60)
    assert (known.registration, added, minutes(session)) == (first, 0, [(first.pk, 45)])
    assert Registration.objects.absent_from(session).count() == 0


def test_confirming_all_counts_whoever_has_two_seats_once(staff, session, course):
    who = make_user()
    first = make_registration(course, guest_name=who.name, email=who.email)
    make_registration(course, who)

    assert (confirm_all(session, by=staff), minutes(session)) == (1, [(first.pk, 120)])


def confirm(address):
    """As the link in the mail to the new address does."""
    request = RequestFactory().get("/")
    request.user, request.session, request._messages = address.user, {}, CookieStorage(request)
    with request_context(request):
        return get_adapter().confirm_email(request, address)


def test_a_new_address_of_the_account_brings_along_what_the_guest_did(staff, session, course):
    """Both were there by then: the longer time stays, once."""
    who = make_user()
    guest, own = (
        make_registration(course, guest_name=who.name, email="ny@utanfor.example"),
        make_registration(course, who),
    )
    save_attendance(session, by=staff, shown={}, here={guest.pk: 90, own.pk: 30})
    cancel(guest, by=staff)
    address = who.emailaddress_set.create(email="ny@utanfor.example")

    confirm(address)

    guest.refresh_from_db()
    assert (guest.user, minutes(session)) == (who, [(guest.pk, 90)])
