"""A session that somebody has attended may end earlier; it is neither moved ahead nor removed."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions.series import Scope, SeriesChange, SessionChange, change_others, new_times_for
from events.models import Attendance, Session
from tests.events.activity_form import address, change_data
from tests.events.seats import make_course
from tests.factories import make_attendance, make_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    """An activity from ten to twelve yesterday, at which three have been for 30, 90 and 120 minutes."""
    course = make_course(5)
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
    course.sessions.update(starts_at=noon - timedelta(hours=2), ends_at=noon)
    for minutes in (30, 90, 120):
        make_attendance(course, minutes=minutes)
    Attendance.objects.update(confirmed_at=noon)
    return course


def minutes():
    return list(Attendance.objects.order_by("pk").values_list("minutes", flat=True))


def save(client, course, **changes):
    return client.post(address(course, "change"), change_data(course, **changes) | {"_save": "1"}, follow=True)


def problems(page):
    formset = page.context["inline_admin_formsets"][0].formset
    return [
        text for errors in formset.errors for texts in errors.values() for text in texts
    ] + formset.non_form_errors()


def test_what_ends_earlier_cuts_the_time_of_who_was_there_longer(staff_client, course):
    page = save(staff_client, course, **{"sessions-0-ends": "11:30"})

    said = [str(message) for message in page.context["messages"]]
    assert minutes() == [30, 90, 90]
    assert said[0].endswith("är kortare nu: tiden för 1 person som var där kortades.")
    events = Attendance.pgh_event_model.objects.filter(pgh_label="update", minutes=90)
    assert events.count() == 2  # confirmed at noon, and cut


@pytest.mark.parametrize(("days", "is_saved"), [(-1, True), (7, False)])
def test_a_date_is_put_right_but_not_moved_ahead_of_who_was_there(staff_client, course, days, is_saved):
    day = timezone.localdate(course.sessions.get().starts_at) + timedelta(days=days)

    page = save(staff_client, course, **{"sessions-0-day": day.isoformat()})

    moved = timezone.localdate(course.sessions.get().starts_at) == day
    assert (page.status_code, moved, minutes()) == (200, is_saved, [30, 90, 120])
    assert is_saved or "kan inte flyttas fram" in problems(page)[0]


def test_a_date_that_somebody_was_at_stays(staff_client, course):
    course.sessions.create(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))
    first = course.sessions.first()
    Session.objects.exclude(pk=first.pk).update(activity=make_course(1))

    page = save(staff_client, course, **{"sessions-0-DELETE": "on"})

    assert "så datumet står kvar" in problems(page)[0]
    assert course.sessions.get() == first


def test_a_change_of_the_series_holds_to_the_same(staff, course):
    """Somebody is ticked at the next one: it may end an hour earlier, not begin four hours later."""
    course.series, course.series_on = make_series(), timezone.localdate() - timedelta(days=1)
    other = make_course(5, series=course.series, series_on=timezone.localdate())
    ten = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
    other.sessions.update(starts_at=ten, ends_at=ten + timedelta(hours=2))
    there = make_attendance(other, minutes=120)
    shorter, later = (
        SessionChange(number=0, begins=time(begins), ends=time(ends), nights=0, titles={})
        for begins, ends in ((10, 11), (14, 16))
    )

    change_others(course, SeriesChange(session_changes=(shorter,)), by=staff, scope=Scope.FOLLOWING)

    there.refresh_from_db()
    assert there.minutes == 60
    with pytest.raises(ValidationError, match="kan inte flyttas fram"):
        new_times_for(other, [later])


@pytest.mark.parametrize("wrong", ["shorter than somebody was there", "ahead", "of another activity"])
def test_the_database_refuses_dates_that_belie_who_was_there(course, wrong):
    session, at = course.sessions.get(), timezone.now() + timedelta(days=7)
    columns = {
        "shorter than somebody was there": {"ends_at": session.ends_at - timedelta(minutes=1)},
        "ahead": {"starts_at": at, "ends_at": at + timedelta(hours=2)},
        "of another activity": {"activity": make_course(1)},
    }[wrong]

    with pytest.raises(IntegrityError, match="somebody has been there"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**columns)
