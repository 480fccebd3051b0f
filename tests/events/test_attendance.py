"""Who was there: ticked on the list from several tabs, for all at once, by the ticket at the door; kept as evidence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions.attendance import confirm_all, save_attendance
from events.actions.cancellation import cancel
from events.actions.door.scans import check_in
from events.actions.participants import move
from events.models import Attendance, Registration
from events.tickets import ticket_url
from members.actions.people import leave_company
from tests.events.seats import make_course, person
from tests.factories import make_registration, make_session, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/events/registration/"


def sheet(session):
    return f"{LIST}attendance/{session.pk}/"


def minutes(session):
    found = Attendance.objects.filter(session=session).order_by("registration")
    return list(found.values_list("registration", "minutes"))


def test_ticks_are_written_with_minutes_and_by_whom(staff_client, staff, session, course):
    whole, half, absent = (make_registration(course) for _ in range(3))
    data = {"shown": "", "here": [whole.pk, half.pk], "method": "signed"}
    data |= {f"minutes-{whole.pk}": "", f"minutes-{half.pk}": "45", f"minutes-{absent.pk}": ""}

    answers = [staff_client.post(sheet(session), data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert minutes(session) == [(whole.pk, 120), (half.pk, 45)]
    assert set(Attendance.objects.values_list("method", "confirmed_by")) == {("signed", staff.pk)}
    rows = staff_client.get(sheet(session)).context["sheet"].rows
    assert {row.name: row.minutes for row in rows} == {whole.name: "120", half.name: "45", absent.name: ""}


def test_two_tabs_take_nothing_from_each_other(staff, session, course):
    first, second, third = (make_registration(course) for _ in range(3))
    save_attendance(session, by=staff, shown={}, here={first.pk: None})
    seen = {first.pk: 120}  # both tabs have been read now

    save_attendance(session, by=staff, shown=seen, here={first.pk: 120, second.pk: None})
    save_attendance(session, by=staff, shown=seen, here={third.pk: 30}, reason="Var hos grannen")

    assert minutes(session) == [(second.pk, 120), (third.pk, 30)]


def test_all_with_a_seat_were_here_and_minutes_that_are_known_stay(staff_client, session, course):
    rows = [make_registration(course) for _ in range(2)]
    make_registration(course, state="waiting")
    Attendance.objects.create(session=session, registration=rows[0], minutes=20)

    for _ in range(2):
        staff_client.post(sheet(session), {"shown": "", "all": "1", "method": "tick", "confirmed": "yes"})

    assert minutes(session) == [(rows[0].pk, 20), (rows[1].pk, 120)]


@pytest.mark.parametrize("typed", ["0", "121", "en timme", "-5"])
def test_wrong_minutes_come_back_with_the_reason_beside_them(staff_client, session, course, typed):
    row = make_registration(course)

    page = staff_client.post(
        sheet(session), {"shown": "", "here": row.pk, f"minutes-{row.pk}": typed, "method": "tick"}
    )

    assert (page.status_code, minutes(session)) == (422, [])
    shown = page.context["sheet"].rows[0]
    assert (shown.is_here, shown.minutes, shown.error) == (True, typed, "Mellan 1 och 120 minuter.")


def test_who_came_after_the_end_stays_on_the_list_with_no_minutes(staff_client, session, course):
    late, other = make_registration(course), make_registration(course)
    Attendance.objects.create(session=session, registration=late, minutes=0, flags=["late"])
    sent = {"shown": f"{late.pk}:0", "here": [late.pk, other.pk], f"minutes-{late.pk}": "0", f"minutes-{other.pk}": ""}

    page = staff_client.post(sheet(session), sent | {"method": "tick", "q": "", "show": "here"})

    assert (page.url, minutes(session)) == (f"{sheet(session)}?q=&show=here", [(late.pk, 0), (other.pk, 120)])


def test_that_all_were_here_is_asked_first(staff_client, session, course):
    make_registration(course)

    page = staff_client.post(sheet(session), {"shown": "", "all": "1", "method": "tick"})

    assert (page.status_code, page.context["question"].yes) == (200, "Ja, alla var här")
    assert Attendance.objects.count() == 0


def test_nobody_has_been_where_the_doors_are_still_closed(staff_client, staff):
    course = make_course(5, starts_in=timedelta(hours=3))
    row = make_registration(course)

    page = staff_client.post(
        sheet(course.sessions.get()), {"shown": "", "here": row.pk, f"minutes-{row.pk}": "", "method": "tick"}
    )

    assert (page.status_code, Attendance.objects.count()) == (422, 0)
    with pytest.raises(ValidationError):
        confirm_all(course.sessions.get(), by=staff)


@pytest.mark.parametrize("wrong", ["other activity", "too long", "twice", "the same person twice"])
def test_the_database_refuses_what_cannot_have_been(session, course, wrong):
    who = make_user()
    row = make_registration(course, who)
    fields = {"session": session, "registration": row, "minutes": 120}
    if wrong == "other activity":
        fields["session"] = make_course(1).sessions.get()
    elif wrong == "too long":
        fields["minutes"] = 121
    else:
        Attendance.objects.create(**fields)
    if wrong == "the same person twice":
        Registration.objects.filter(pk=row.pk).update(state="cancelled", ended_at=timezone.now())
        fields["registration"] = make_registration(course, who)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(**fields)


def test_who_has_been_there_stays_on_that_list(staff, session, course):
    row, other = make_registration(course), make_course(5)
    Attendance.objects.create(session=session, registration=row, minutes=60)

    with pytest.raises(ValidationError, match="redan varit"):
        move(row, by=staff, activity=other)
    with pytest.raises(IntegrityError, match="not moved"), transaction.atomic():
        Registration.objects.filter(pk=row.pk).update(activity=other)
    assert cancel(row, by=staff).attendances.count() == 1


def test_a_host_sees_and_ticks_the_list_of_assigned_activities_alone(host, host_client, session, course):
    row = make_registration(course)
    assert host_client.get(sheet(session)).status_code == 403
    course.hosts.add(host)

    page = host_client.get(f"{LIST}of/{course.pk}/attendance/", follow=True)
    host_client.post(sheet(session), {"shown": "", "here": row.pk, f"minutes-{row.pk}": "", "method": "tick"})

    content = page.content.decode()
    assert [row.name in content, row.email in content, "walk-in" in content] == [True, False, False]
    assert minutes(session) == [(row.pk, 120)]
    other = make_course(5, starts_in=-timedelta(hours=1)).sessions.get()
    assert [host_client.get(sheet(other)).status_code, host_client.post(sheet(other)).status_code] == [403, 403]


def arrive(client, registration, session):
    page = ticket_url(registration).removeprefix("http://localhost:8000")
    return client.post(f"{page}ankomst/", {"session": session.pk})


def test_a_ticket_is_checked_in_once_by_a_host_of_the_activity(client, host, host_client, owner_client):
    course = make_course(1, starts_in=-timedelta(minutes=5))
    row, session = make_registration(course), course.sessions.get()
    refused = [arrive(each, row, session).status_code for each in (client, owner_client, host_client)]
    course.hosts.add(host)

    answers = [arrive(host_client, row, session) for _ in range(2)]

    assert (refused, [answer.status_code for answer in answers]) == ([302, 403, 403], [302, 302])
    assert list(Attendance.objects.values_list("method", "confirmed_by")) == [("ticket", host.pk)]
    assert Attendance.objects.get().minutes in (114, 115)
    assert "Är här" in host_client.get(answers[0].url).content.decode()


def test_who_comes_late_has_been_there_from_then_on(staff, session, course):
    row = make_registration(course)

    assert check_in(row, session=session, by=staff).minutes in (59, 60)
    with pytest.raises(PermissionDenied):
        check_in(row, session=session, by=make_user(is_staff=True))


@pytest.mark.parametrize(("what", "flag"), [("over", "late"), ("cancelled", "cancelled")])
def test_whoever_stands_at_the_door_is_let_in_and_what_is_odd_is_flagged(staff_client, what, flag):
    course = make_course(2, starts_in=-timedelta(hours=5 if what == "over" else 1))
    row = make_registration(course, state="cancelled" if what == "cancelled" else "confirmed")

    answer = arrive(staff_client, row, course.sessions.get())

    assert (answer.status_code, Attendance.objects.get().flags) == (302, [flag])


def test_a_ticket_for_another_activity_opens_no_door_here(staff_client, course):
    answer = arrive(staff_client, make_registration(course), make_course(1, starts_in=timedelta(0)).sessions.get())

    assert (answer.status_code, Attendance.objects.count()) == (404, 0)


def test_somebody_at_the_door_of_a_full_activity_counts_and_takes_no_seat(staff_client):
    course = make_course(1, starts_in=-timedelta(minutes=5))
    make_registration(course)
    form = {"idempotency_key": uuid4(), "name": "Dörr", "email": "", "company": "", "mode": "on_site", "is_here": "on"}

    for _ in range(2):
        staff_client.post(f"{LIST}of/{course.pk}/walk-in/", form)

    there = Attendance.objects.values_list("registration__guest_name", "registration__state", "method")
    assert list(there) == [("Dörr", "waiting", "tick")]


def test_the_absent_are_filtered_and_written_to(staff_client):
    course = make_course(5, starts_in=-timedelta(hours=4))
    session, (here, absent) = course.sessions.get(), [make_registration(course) for _ in range(2)]
    make_registration(course, state="waiting")
    Attendance.objects.create(session=session, registration=here, minutes=60)

    listed = staff_client.get(f"{LIST}?activity__id__exact={course.pk}&attendance=absent").context["cl"].queryset
    page = staff_client.get(staff_client.get(f"{LIST}attendance/{session.pk}/").context["write_url"])

    assert list(listed) == [absent]
    form = page.context["adminform"].form
    assert (form.initial["recipients"], form.ticked) == ("activity_chosen", [absent.pk])


def test_nobody_is_absent_from_what_is_not_over(staff_client, course):
    make_registration(course)

    page = staff_client.get(f"{LIST}attendance/{course.sessions.get().pk}/")

    assert (page.context["write_url"], Registration.objects.absent().count()) == ("", 0)


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_asks_as_much_of_the_database_for_few_as_for_many(
    staff_client, number, session, course, django_assert_num_queries
):
    people = [Registration(activity=course, guest_name=f"Gäst {n}", state="waiting") for n in range(number)]
    rows = Registration.objects.bulk_create(people)
    Attendance.objects.bulk_create(Attendance(session=session, registration=row, minutes=60) for row in rows[::2])
    staff_client.get(sheet(session))

    with django_assert_num_queries(9):
        page = staff_client.get(sheet(session))

    assert len(page.context["sheet"].rows) == min(number, 100)


def test_attendance_stays_when_the_person_leaves_the_company(staff, course, session, company):
    who = person(company)
    row = make_registration(course, who, company=company)
    check_in(row, session=session, by=staff)

    leave_company(by=who, affiliation=who.affiliations.get())

    there = Attendance.objects.values_list("registration__user", "registration__company")
    assert list(there) == [(who.pk, company.pk)]


def test_each_session_has_an_attendance_of_its_own_and_the_history_knows(staff, course, session):
    row, second = make_registration(course), make_session(course, starts_in=-timedelta(minutes=1))
    for each in (session, second):
        save_attendance(each, by=staff, shown={}, here={row.pk: None})

    save_attendance(second, by=staff, shown={row.pk: 120}, here={}, reason="Gick hem")

    assert minutes(session) == [(row.pk, 120)]
    events = Attendance.pgh_event_model.objects.filter(session=second).order_by("pgh_id")
    assert list(events.values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_a_person_sees_where_they_have_been(course, session):
    who = person()
    Attendance.objects.create(session=session, registration=make_registration(course, who), minutes=60)

    assert ", 60 min" in signed_in(who).get("/min-sida/uppgifter/").content.decode()
