"""Weeks and times in words: the turn of the year, summer time, more than one day."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils.translation import override

from events.models import Session
from events.pages.agenda import agenda_row, weeks
from events.pages.session_lines import session_lines
from events.texts import session_text
from tests.factories import make_activity

pytestmark = pytest.mark.django_db


def session(start, end, **fields):
    activity = make_activity(sessions=0, **fields)
    return Session.objects.create(activity=activity, starts_at=start, ends_at=end)


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel(datetime(2026, 11, 23, 11, tzinfo=UTC), tick=False), override("sv"):
        yield


def test_week_53_holds_days_of_two_years():
    old = session(datetime(2026, 12, 30, 12, tzinfo=UTC), datetime(2026, 12, 30, 14, tzinfo=UTC))
    new = session(datetime(2027, 1, 3, 12, tzinfo=UTC), datetime(2027, 1, 3, 14, tzinfo=UTC))
    next_week = session(datetime(2027, 1, 4, 12, tzinfo=UTC), datetime(2027, 1, 4, 14, tzinfo=UTC))

    grouped = weeks([old, new, next_week])

    assert [week.text for week in grouped] == ["v. 53", "v. 1"]
    assert [len(week.rows) for week in grouped] == [2, 1]
    assert grouped[0].span_text == "28 december 2026 – 3 januari 2027"


@pytest.mark.parametrize(
    ("start", "times", "iso"),
    [
        (datetime(2027, 3, 27, 8, tzinfo=UTC), "09.00–10.00", "2027-03-27T09:00:00+01:00"),
        (datetime(2027, 3, 28, 8, tzinfo=UTC), "10.00–11.00", "2027-03-28T10:00:00+02:00"),
        (datetime(2027, 10, 31, 8, tzinfo=UTC), "09.00–10.00", "2027-10-31T09:00:00+01:00"),
    ],
)
def test_times_follow_summer_time(start, times, iso):
    row = agenda_row(session(start, start.replace(hour=9)))

    assert (row.time_text, row.starts_at_iso) == (times, iso)


def test_sunday_late_in_utc_is_monday_of_the_next_week_in_sweden():
    row = agenda_row(session(datetime(2026, 11, 29, 23, 30, tzinfo=UTC), datetime(2026, 11, 30, 1, tzinfo=UTC)))

    assert (row.day, row.week_text) == (30, "v. 49")


def test_words_follow_the_language_of_the_page():
    one = session(datetime(2026, 11, 25, 12, tzinfo=UTC), datetime(2026, 11, 25, 14, tzinfo=UTC), kind="seminar")

    swedish = agenda_row(one)
    with override("en"):
        english = agenda_row(one)

    assert (swedish.date_text, swedish.kind_text, swedish.language_text) == ("ons 25 november", "Seminarium", "")
    assert (english.date_text, english.kind_text, english.language_text) == (
        "Wed 25 November",
        "Seminar",
        "In Swedish",
    )


def test_a_session_over_two_days_says_when_it_ends():
    night = session(datetime(2026, 11, 27, 16, tzinfo=UTC), datetime(2026, 11, 28, 11, tzinfo=UTC))

    [line] = session_lines([night])

    assert line.time_text == "17.00 – lör 28 november 12.00"
    assert agenda_row(night).time_text == line.time_text
    assert session_text(night) == "Fre 27 november, v. 48, 17.00 – lör 28 november 12.00"
