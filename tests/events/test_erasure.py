"""Guests are forgotten when they ask; a funder's papers keep the name of who was there, until their day, and say so."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions.cancellation import BY_LINK
from events.actions.erasure import erase_guest
from events.actions.housekeeping import erase_expired
from events.actions.mails.links import registration_url
from events.models import Answer, Attendance, Registration
from members.actions.erasure import erase_due, erase_person
from members.hooks.personal_data import erasure_locks_on
from members.models import User
from programmes.models import Project
from tests.events.seats import join_together, make_course, person, states
from tests.factories import make_project, make_registration

pytestmark = pytest.mark.django_db


def path(registration):
    return registration_url(registration).removeprefix("http://localhost:8000") + "radera/"


def who_attended(project_fields=None, user=None):
    """Somebody who is at an activity just now, and the project within whose time it is."""
    project = make_project(starts_on=timezone.localdate() - timedelta(days=30), **(project_fields or {}))
    course = make_course(5, starts_in=-timedelta(hours=1))
    row = make_registration(course, user)
    Attendance.objects.create(session=course.sessions.get(), registration=row, minutes=60)
    return project, row


def test_a_guest_is_forgotten_by_the_link_with_those_they_brought(client):
    course = make_course(3)
    rows = join_together(course, 2)
    past = make_course(2, starts_in=-timedelta(days=3))
    later = make_registration(past, email=rows[0].email.upper(), guest_name="GUN gäst")
    other = make_registration(past, email=rows[0].email, guest_name="Bo Berg")
    Answer.objects.create(registration=rows[0], question=course.questions.create(text_sv="?"), text="Hemligt")

    page = client.get(path(rows[0]))
    answers = [client.post(path(rows[0])) for _ in range(2)]

    assert (page.status_code, [each.status_code for each in answers]) == (200, [302, 302])
    names = Registration.objects.exclude(pk=other.pk).order_by("pk").values_list("guest_name", "email")
    assert (set(names), states(course)) == ({("–", "")}, ["cancelled", "cancelled"])
    assert Registration.objects.get(pk=later.pk).state == "confirmed"
    assert Registration.objects.get(pk=other.pk).email == rows[0].email.lower()
    assert (Answer.objects.count(), client.get(path(rows[0])).status_code) == (0, 404)
    texts = Answer.pgh_event_model.objects.values_list("text", flat=True)
    assert set(texts) == {""}


def test_staff_erase_a_guest_and_nobody_else_does(staff_client, staff, owner, host):
    row, account = make_registration(make_course(2)), make_registration(make_course(2), person())
    for who in (owner, host):
        with pytest.raises(PermissionDenied):
            erase_guest(row, by=who)
    with pytest.raises(PermissionDenied):
        erase_guest(account, by=staff)

    staff_client.post(f"/admin/events/registration/{row.pk}/erasure/")

    row.refresh_from_db()
    assert (row.guest_name, row.email, row.state, row.cause) == ("–", "", "cancelled", "by_staff")
    assert registration_url(account).startswith("http")


def test_a_page_of_ones_own_account_has_no_such_link(client):
    row = make_registration(make_course(2), person())

    assert [client.get(path(row)).status_code, client.post(path(row)).status_code] == [404, 404]


def test_a_funders_papers_keep_the_name_until_their_day_and_then_it_goes_by_itself(client):
    until = timezone.localdate() + timedelta(days=900)
    _project, row = who_attended({"documents_kept_until": until})

    page = client.get(path(row)).content.decode()
    answer = erase_guest(row, by=BY_LINK)

    kept = Registration.objects.get(pk=row.pk)
    assert (answer, kept.guest_name, kept.email, kept.erase_on) == (until, row.guest_name, "", until)
    assert ["står kvar på den listan till" in page, str(until.year) in page] == [True, True]
    with time_machine.travel(timezone.now() + timedelta(days=901)):
        erase_expired()
    assert (Registration.objects.get(pk=row.pk).guest_name, Attendance.objects.count()) == ("–", 1)


def test_papers_that_are_kept_longer_by_now_keep_the_name_longer():
    soon, later = (timezone.localdate() + timedelta(days=days) for days in (10, 90))
    project, row = who_attended({"documents_kept_until": soon})
    erase_guest(row, by=BY_LINK)
    Project.objects.filter(pk=project.pk).update(documents_kept_until=later)

    with time_machine.travel(timezone.now() + timedelta(days=11)):
        erase_expired()

    kept = Registration.objects.get(pk=row.pk)
    assert (kept.erase_on, kept.is_erased) == (later, False)


def test_an_account_is_erased_but_the_attendance_and_the_name_stay_locked():
    until = timezone.localdate() + timedelta(days=900)
    user = person()
    _project, row = who_attended({"documents_kept_until": until}, user)

    answer = erase_person(by=user)

    assert (answer, [lock.until for lock in erasure_locks_on(user)]) == (until, [until])
    assert "EU" in str(erasure_locks_on(user)[0].reason)
    with time_machine.travel(timezone.now() + timedelta(days=901)):
        erase_due()
    assert (User.objects.get(pk=user.pk).name, row.attendances.count()) == ("", 1)


def test_outside_a_projects_time_nothing_locks():
    user = person()
    make_project(starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))
    course = make_course(1, starts_in=-timedelta(hours=1))
    row = make_registration(course, user)
    Attendance.objects.create(session=course.sessions.get(), registration=row, minutes=60)

    assert (erasure_locks_on(user), erase_person(by=user)) == ([], None)


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({"period": "2014-2020", "final_payment_on": date(2025, 3, 1)}, date(2029, 12, 31)),
        ({"period": "2021-2027", "final_payment_on": date(2028, 3, 1)}, date(2033, 12, 31)),
        ({"period": "2021-2027", "documents_kept_until": date(2040, 6, 1)}, date(2040, 6, 1)),
        ({"period": "2014-2020", "ends_on": date(2090, 5, 1)}, date(2094, 12, 31)),
    ],
)
def test_how_long_papers_are_kept_follows_the_period_the_payment_and_the_decision(fields, until):
    assert make_project(**({"ends_on": date(2027, 12, 31)} | fields)).documents_until == until


def test_mail_to_who_is_forgotten_goes_once_it_is_sent():
    row = join_together(make_course(2), 1)[0]
    erase_guest(row, by=BY_LINK)
    Mail.objects.update(state="sent", sent_at=timezone.now())

    erase_expired()

    assert Mail.objects.count() == 0
