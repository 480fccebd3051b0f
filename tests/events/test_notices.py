"""Staff choose whether a change is told; what changes within ten minutes is one mail that says old and new."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from creativenorth.dates import calendars
from creativenorth.mail.models import Mail
from events.actions.activities import cancel_activity
from events.actions.mails.changes import choose, note_change, tell_due
from events.actions.mails.differences import snapshot
from events.actions.series import Scope, cancel_in_series
from events.models import Notice, Session
from tests import html_validator
from tests.events.activity_form import address, change_data
from tests.events.seats import join, make_course, person
from tests.factories import make_series

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 12, tzinfo=timezone.get_default_timezone())
TELL, SILENT = {"tell": "1"}, {"silent": "1"}


@pytest.fixture
def course():
    """One has a seat and one waits; it is on 1 March 2027, 10–12."""
    course = make_course(1, title_sv="Fika", title_en="", place="", municipality="")
    at = datetime(2027, 3, 1, 10, tzinfo=timezone.get_default_timezone())
    course.sessions.update(starts_at=at, ends_at=at + timedelta(hours=2))
    join(course), join(course)
    Mail.objects.all().delete()
    return course


def save(client, course, **changes):
    """Save the activity's form, and answer where it leads."""
    data = change_data(course, **{"slug": course.slug, "capacity": "1"} | changes)
    return client.post(address(course, "change"), data | {"_save": "1"}).url


def move(client, course, day):
    return save(client, course, **{"sessions-0-day": day})


def texts():
    return [mail.text.partition("\n-- \n")[0] for mail in Mail.objects.order_by("pk")]


def test_a_change_asks_and_tells_nobody_by_itself(staff_client, course):
    page = staff_client.get(move(staff_client, course, "2027-03-02"))

    tell_due(timezone.now() + timedelta(days=1))

    assert (page.context["tell_text"], page.context["seated"], page.context["queued"]) == (
        "Berätta för 2 personer",
        1,
        1,
    )
    assert html_validator.errors(page.content.decode()) == []
    assert Mail.objects.count() == 0


def test_the_mail_is_shown_with_ones_own_line_before_it_leaves(staff_client, course):
    address = move(staff_client, course, "2027-03-02")

    page = staff_client.post(address, {"reading": "1", "line_sv": "Större sal & kaffe."}, follow=True)

    shown = [staff_client.get(url).content.decode() for _code, url in page.context["previews"]]
    assert ["Större sal &amp; kaffe." in each for each in shown] == [True, True]
    assert ["Nu: Tis 2 mars 2027" in shown[0], "Now: Tue 2 March 2027" in shown[1]] == [True, True]


def test_two_changes_within_ten_minutes_are_one_mail_with_old_and_new(staff_client, course):
    with time_machine.travel(NOON, tick=False):
        staff_client.post(move(staff_client, course, "2027-03-02"), TELL | {"line_sv": "Vi fick en större sal."})
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        save(staff_client, course, place="Hamnen", **{"sessions-0-day": "2027-03-03"})
    tell_due(NOON + timedelta(minutes=14))
    early = Mail.objects.count()

    tell_due(NOON + timedelta(minutes=15))
    tell_due(NOON + timedelta(minutes=30))

    seated, waiting = texts()
    changes = (
        "Datum\nFörut: Mån 1 mars 2027, v. 9, 10.00–12.00\nNu: Ons 3 mars 2027, v. 9, 10.00–12.00\nPlats\nNu: Hamnen"
    )
    assert (early, changes in seated, changes in waiting) == (0, True, True)
    assert ("\n\nVi fick en större sal.\n\n" in seated, "Du väntar fortfarande" in waiting) == (True, True)
    assert [bool(mail.calendar) for mail in Mail.objects.order_by("pk")] == [True, False]


def test_what_is_moved_back_is_told_to_nobody(staff_client, course):
    staff_client.post(move(staff_client, course, "2027-03-02"), TELL)
    move(staff_client, course, "2027-03-01")

    tell_due(timezone.now() + timedelta(hours=1))

    assert (Mail.objects.count(), Notice.objects.count()) == (0, 0)


def test_telling_nobody_is_a_choice_that_stands_in_the_history(staff_client, staff, course):
    page = move(staff_client, course, "2027-03-02")
    staff_client.post(page, SILENT)

    tell_due(timezone.now() + timedelta(hours=1))

    history = staff_client.get(address(course, "history")).content.decode()
    notice = Notice.objects.get()
    assert (Mail.objects.count(), notice.choice, notice.decided_by) == (0, "silent", staff)
    assert "berättas inte" in history


def test_more_seats_are_told_to_those_who_still_wait(staff_client, course):
    join(course), join(course)
    Mail.objects.all().delete()

    staff_client.post(save(staff_client, course, capacity="2"), TELL)
    Mail.objects.all().delete()  # who is next has been offered the seat
    tell_due(timezone.now() + timedelta(hours=1))

    assert [("Förut: 1\nNu: 2" in text, "väntar fortfarande" in text) for text in texts()] == [(True, True)] * 2


def test_a_date_that_is_gone_leaves_the_calendar_and_the_rest_stays(staff, course):
    at = timezone.now() + timedelta(days=200)
    gone = Session.objects.create(activity=course, starts_at=at, ends_at=at + timedelta(hours=1))
    before, key = snapshot(course), gone.pk
    gone.delete()

    note_change(course, before, group=uuid4())
    choose(Notice.objects.all(), by=staff, tells=True, at_once=True)
    tell_due()

    mail = Mail.objects.order_by("pk").first()
    found = {method: text for method, _name, text in calendars.parts(mail.calendar)}
    assert (list(found), f"UID:session-{key}@localhost" in found["CANCEL"]) == (["REQUEST", "CANCEL"], True)
    assert "Nu: inställt" in mail.text


def test_a_cancelled_activity_is_told_once_as_cancelled(staff_client, staff, course):
    staff_client.post(move(staff_client, course, "2027-03-02"), TELL)

    cancel_activity(course, by=staff, reason_sv="Snö")
    tell_due(timezone.now() + timedelta(hours=1))

    assert [mail.subject for mail in Mail.objects.all()] == ["Inställt: Fika"] * 2
    assert "REQUEST" not in "".join(mail.calendar for mail in Mail.objects.all())


def test_a_series_moved_twice_and_called_off_is_two_mails_to_each(staff_client, staff):
    series = make_series()
    days = [timezone.localdate() + timedelta(days=30 + 7 * number) for number in range(10)]
    member, courses = person(), []
    for day in days:
        course = make_course(
            5, title_sv="Fika", series=series, series_on=day, starts_in=timedelta(days=(day - days[0]).days + 30)
        )
        join(course, member)
        courses.append(course)
    Mail.objects.all().delete()
    for ends in ("21:00", "22:00"):
        hours = {"sessions-0-begins": "18:00", "sessions-0-ends": ends, "scope": "all"}
        staff_client.post(save(staff_client, courses[0], **hours), TELL)

    tell_due(timezone.now() + timedelta(minutes=10, seconds=1))
    cancel_in_series(courses[0], by=staff, scope=Scope.ALL, reason_sv="Snö")

    told = list(Mail.objects.order_by("pk"))
    assert [mail.subject for mail in told] == [
        "Ny tid eller plats: Fika, 10 tillfällen",
        "Inställt: Fika, 10 tillfällen",
    ]
    assert [len(calendars.parts(mail.calendar)) for mail in told] == [10, 10]


def test_a_question_that_is_none_is_not_found(staff_client):
    assert staff_client.get("/admin/events/notice/987654/").status_code == 404
