"""What is seen at the door: never refused, kept once, in any order; what does not add up is flagged."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from events.actions.attendance import save_attendance
from events.actions.door.scans import Seen, check_in, record_scan
from events.models import Attendance, Correction, Scan
from tests.events.seats import make_course
from tests.factories import make_activity, make_company, make_registration, make_session, make_user

pytestmark = pytest.mark.django_db
IN, OUT, UNDO = "in", "out", "undo"


@pytest.fixture
def morning(course):
    """A session from nine to twelve, yesterday."""
    session = course.sessions.get()
    session.starts_at = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=1)
    session.ends_at = session.starts_at + timedelta(hours=3)
    session.save()
    return session


def see(session, row, clock, by, kind=IN, **details):
    """A scan at that hour of the session's day."""
    hour, minute = map(int, clock.split("."))
    at = timezone.localtime(session.starts_at).replace(hour=hour, minute=minute)
    return record_scan(session, row, Seen(**{"key": uuid4()} | details, happened_at=at, kind=kind), by=by)


def believed(row):
    there = Attendance.objects.get(registration=row)
    clocks = [timezone.localtime(at).strftime("%H.%M") if at else "" for at in (there.arrived_at, there.left_at)]
    return *clocks, there.minutes, there.flags


def test_the_earliest_arrival_holds_whatever_phone_tells_first(morning, course, staff):
    row = make_registration(course)

    answers = [see(morning, row, clock, staff).outcome for clock in ("9.20", "8.55")]

    assert (answers, believed(row)) == (["ok", "already"], ("08.55", "", 180, []))


def test_who_went_out_and_came_back_is_counted_for_what_they_were_there(morning, course, staff):
    row = make_registration(course)

    for clock, kind in (("11.20", IN), ("9.22", IN), ("11.05", OUT)):
        see(morning, row, clock, staff, kind)

    assert believed(row) == ("09.22", "", 143, [])


def test_what_is_sent_three_times_is_kept_once_and_by_its_sender_alone(morning, course, staff, host):
    row, key = make_registration(course), uuid4()
    course.hosts.add(host)

    rows = {see(morning, row, "9.05", host, key=key).pk for _ in range(3)}

    assert (len(rows), Scan.objects.count(), believed(row)) == (1, 1, ("09.05", "", 175, []))
    with pytest.raises(PermissionDenied):
        see(morning, row, "9.05", staff, key=key)


def test_only_who_may_check_in_here_is_listened_to(morning, course, host):
    with pytest.raises(PermissionDenied):
        see(morning, make_registration(course), "9.00", host)

    assert Scan.objects.count() == 0


@pytest.mark.parametrize(
    ("clock", "state", "days", "expected"),
    [
        ("9.00", "cancelled", 0, ("cancelled", ["cancelled"])),
        ("9.00", "declined", 0, ("cancelled", ["cancelled"])),
        ("9.00", "waiting", 0, ("waiting", [])),
        ("6.59", "confirmed", 0, ("ok", ["early"])),
        ("12.00", "confirmed", 0, ("ok", ["late"])),
        ("9.00", "confirmed", 4, ("ok", ["ahead"])),
    ],
)
def test_what_is_odd_is_kept_and_flagged(morning, course, staff, clock, state, days, expected):
    row, at = make_registration(course, state=state), timezone.localtime(morning.starts_at)
    hour, minute = map(int, clock.split("."))
    at = at.replace(hour=hour, minute=minute) + timedelta(days=days)

    scan = record_scan(morning, row, Seen(key=uuid4(), happened_at=at), by=staff)

    assert (scan.outcome, Attendance.objects.get().flags) == expected


def test_a_ticket_of_elsewhere_and_one_that_is_none_are_kept_as_scans_alone(morning, staff):
    elsewhere = make_registration(make_activity())

    answers = [see(morning, row, "9.00", staff).outcome for row in (elsewhere, None)]

    assert (answers, Attendance.objects.count()) == (["other", "unknown"], 0)


def test_an_undone_arrival_leaves_its_trace_and_a_second_one_holds(morning, course, staff):
    row, first = make_registration(course), uuid4()
    see(morning, row, "9.00", staff, key=first)
    see(morning, row, "9.01", staff, UNDO, undoes=first)
    gone = Attendance.objects.count()

    see(morning, row, "9.30", staff)

    assert (gone, believed(row), Scan.objects.count()) == (0, ("09.30", "", 150, []), 3)
    assert Correction.objects.get().before["minutes"] == 180


def test_an_undoing_that_is_told_of_first_undoes_all_the_same(morning, course, staff):
    row, first = make_registration(course), uuid4()

    see(morning, row, "9.01", staff, UNDO, undoes=first)
    see(morning, row, "9.00", staff, key=first)

    assert (Attendance.objects.count(), Scan.objects.count()) == (0, 2)


def test_what_staff_have_corrected_is_flagged_not_overwritten(morning, course, staff):
    row = make_registration(course)
    see(morning, row, "9.00", staff)
    with pytest.raises(ValidationError, match="Berätta varför"), transaction.atomic():
        save_attendance(morning, by=staff, shown={row.pk: 180}, here={row.pk: 60})
    save_attendance(morning, by=staff, shown={row.pk: 180}, here={row.pk: 60}, reason="Gick tidigt")

    see(morning, row, "8.50", staff)

    correction = Correction.objects.get()
    assert believed(row) == ("09.00", "", 60, ["corrected"])
    assert (correction.reason, correction.before["minutes"], correction.after["minutes"]) == ("Gick tidigt", 180, 60)


def test_two_rooms_at_once_are_flagged_and_nobody_is_turned_away(staff, morning, course):
    who, other = make_user(), make_activity()
    room_b = other.sessions.get()
    room_b.starts_at, room_b.ends_at = (morning.starts_at + timedelta(hours=hours) for hours in (1, 2.5))
    room_b.save()
    rows = [make_registration(one, who) for one in (course, other)]

    see(morning, rows[0], "9.00", staff)
    see(room_b, rows[1], "10.00", staff)

    assert [believed(row) for row in rows] == [("09.00", "", 180, []), ("10.00", "", 90, ["elsewhere"])]


def test_hours_of_one_person_for_two_companies_are_told_apart(staff, morning, course):
    who, afternoon = make_user(), make_activity(sessions=0)
    alfa, beta = make_company("Alfa"), make_company("Beta")
    later = make_session(afternoon)
    later.starts_at, later.ends_at = (morning.starts_at + timedelta(hours=hours) for hours in (4, 6))
    later.save()
    see(morning, make_registration(course, who, company=alfa), "9.00", staff)
    see(later, make_registration(afternoon, who, company=beta), "13.00", staff)

    minutes = dict(Attendance.objects.order_by().values_list("company__name").annotate(Sum("minutes")))
    people = Attendance.objects.aggregate(people=Count("registration__user", distinct=True), minutes=Sum("minutes"))

    assert (minutes, people) == ({"Alfa": 180, "Beta": 120}, {"people": 1, "minutes": 300})


def test_the_company_then_stays_when_the_registration_changes(staff, morning, course):
    then, now = make_company("Då"), make_company("Nu")
    row = make_registration(course, company=then)
    see(morning, row, "9.00", staff)
    row.company = now
    row.save()

    see(morning, row, "9.10", staff)

    assert Attendance.objects.get().company == then


def test_nobody_changes_what_was_seen_or_why_it_was_corrected(staff, session, course):
    row = make_registration(course)
    attendance = check_in(row, session=session, by=staff)
    save_attendance(session, by=staff, shown={row.pk: attendance.minutes}, here={}, reason="Fel person")

    for model, column in ((Scan, {"happened_at": timezone.now()}), (Correction, {"reason": "Annat"})):
        with pytest.raises(Error), transaction.atomic():
            model.objects.update(**column)

    assert (Scan.objects.count(), Correction.objects.get().after) == (1, None)


def test_the_door_of_another_course_has_its_own_list(staff):
    """The same person at two activities, one after the other, is flagged at neither."""
    who = make_user()
    courses = [make_course(2, starts_in=timedelta(hours=hours)) for hours in (-3, -1)]

    found = [check_in(make_registration(one, who), session=one.sessions.get(), by=staff).flags for one in courses]

    assert found == [["late"], []]
