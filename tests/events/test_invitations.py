"""The invitation that lands in the calendar by itself: REQUEST with the seat, news by SEQUENCE, CANCEL when it is gone."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.core import mail as outbox
from django.utils import timezone

from creativenorth.dates.calendars import parts
from creativenorth.mail import delivery
from creativenorth.mail.models import Mail
from events.actions.activities import cancel_activity
from events.actions.cancellation import BY_LINK, cancel
from events.actions.mails.changes import choose, tell_due
from events.actions.participants import move
from events.models import Notice
from tests.events.activity_form import address, change_data
from tests.events.seats import join, make_course

pytestmark = pytest.mark.django_db


def calendars():
    """What the mails carry: method and uid of each that carries something, in order."""
    found = []
    for mail in Mail.objects.exclude(calendar="").order_by("pk"):
        for method, _name, text in parts(mail.calendar):
            event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
            found.append((method, str(event["UID"]), int(event["SEQUENCE"])))
    return found


def uids(activity):
    return [f"session-{pk}@localhost" for pk in activity.sessions.values_list("pk", flat=True)]


def test_a_seat_brings_an_invitation_to_each_date_and_waiting_brings_none():
    course = make_course(1, sessions=3)
    join(course), join(course)

    assert [(method, uid) for method, uid, _ in calendars()] == [("REQUEST", uid) for uid in uids(course)]
    assert Mail.objects.count() == 2


def test_leaving_takes_it_out_again_with_a_later_sequence():
    course = make_course(1)

    cancel(join(course), by=BY_LINK)

    (first, uid, before), (second, same, after) = calendars()
    assert (first, second, uid, after >= before) == ("REQUEST", "CANCEL", same, True)


def test_leaving_the_queue_cancels_nothing_in_the_calendar():
    course = make_course(1)
    join(course)

    cancel(join(course), by=BY_LINK)

    assert [method for method, _, _ in calendars()] == ["REQUEST"]


def test_a_cancelled_activity_leaves_every_calendar(staff):
    course = make_course(2)
    join(course), join(course)

    cancel_activity(course, by=staff, reason_sv="Sjukdom")

    assert [method for method, _, _ in calendars()] == ["REQUEST", "REQUEST", "CANCEL", "CANCEL"]


def test_moving_somebody_changes_both_entries(staff):
    course, other = make_course(1), make_course(1)

    move(join(course), by=staff, activity=other)

    found = [(method, uid) for method, uid, _ in calendars()]
    assert found == [("REQUEST", uids(course)[0]), ("CANCEL", uids(course)[0]), ("REQUEST", uids(other)[0])]
    moved = Mail.objects.order_by("pk")[1:].get()
    assert f"{staff.name} på Piteå Science Park har flyttat dig från {course.title}." in moved.text.split("\n\n")


def test_several_dates_are_parts_of_one_mail_with_names_of_their_own(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    course = make_course(1, sessions=3, title_sv="Ritkväll i hamnen")
    join(course)

    delivery.attempt(Mail.objects.get().pk)

    found = [part for part in outbox.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    days = [timezone.localdate(each.starts_at) for each in course.sessions.all()]
    assert [part.get_filename() for part in found] == [f"ritkvall-i-hamnen-{day}.ics" for day in days]


def test_a_new_time_is_told_to_those_who_have_a_seat(staff_client, staff):
    course = make_course(1)
    first, _ = join(course), join(course)
    new_time = {"sessions-0-day": "2027-03-28", "sessions-0-begins": "13:00", "sessions-0-ends": "16:00"}

    staff_client.post(address(course, "change"), change_data(course, capacity="1", slug=course.slug, **new_time))

    choose(Notice.objects.all(), by=staff, tells=True, at_once=True)
    tell_due()

    changed = Mail.objects.filter(cause__contains=":notice:", subject__startswith="Ny tid")
    assert [(mail.to, mail.subject) for mail in changed] == [(first.address, f"Ny tid eller plats: {course.title_sv}")]
    assert [method for method, _, _ in calendars()] == ["REQUEST", "REQUEST"]
    start = icalendar.Calendar.from_ical(changed.get().calendar).walk("VEVENT")[0]["DTSTART"].dt
    assert start == course.sessions.get().starts_at


def test_the_mail_carries_the_invitation_as_calendars_expect_it(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    registration = join(make_course(1, starts_in=timedelta(days=3)))

    delivery.attempt(Mail.objects.get(to=registration.address).pk)

    found = list(outbox.outbox[0].message().walk())
    part = next(each for each in found if each.get_content_type() == "text/calendar")
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    event = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
    assert str(event["ATTENDEE"]) == f"mailto:{registration.address}"
    assert re.fullmatch(r"mailto:\S+@\S+", str(event["ORGANIZER"]))
