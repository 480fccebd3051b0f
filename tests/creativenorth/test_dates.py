"""Dates and times in words: the end at midnight, several days, the turn of the year, both languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.translation import override

from creativenorth import dates

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel(at("2026-11-23 12:00"), tick=False), override("sv"):
        yield


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-11-24 13:00", "2026-11-24 16:00", "tis 24 november, v. 48, 13.00–16.00"),
        ("2026-12-04 20:00", "2026-12-05 00:00", "fre 4 december, v. 49, 20.00–00.00"),
        ("2026-12-04 20:00", "2026-12-05 01:00", "fre 4 december, v. 49, 20.00 – lör 5 december 01.00"),
        ("2026-11-30 10:00", "2026-12-02 15:00", "mån 30 november, v. 49, 10.00 – ons 2 december 15.00"),
        ("2026-11-30 10:00", "2026-12-03 00:00", "mån 30 november, v. 49, 10.00 – ons 2 december 24.00"),
        ("2026-12-31 20:00", "2027-01-01 00:00", "tor 31 december, v. 53, 20.00–00.00"),
        ("2026-12-31 20:00", "2027-01-01 02:00", "tor 31 december 2026, v. 53, 20.00 – fre 1 januari 2027 02.00"),
        ("2027-05-03 10:00", "2027-05-04 12:00", "mån 3 maj 2027, v. 18, 10.00 – tis 4 maj 2027 12.00"),
        ("2026-10-24 22:00", "2026-10-25 00:00", "lör 24 oktober, v. 43, 22.00–00.00"),
        ("2027-03-28 01:30", "2027-03-28 03:30", "sön 28 mars 2027, v. 12, 01.30–03.30"),
    ],
)
def test_a_span_says_its_days_and_times(start, end, text):
    assert dates.span_text(at(start), at(end)) == text


def test_a_span_in_english():
    with override("en"):
        texts = [dates.span_text(at("2026-12-04 20:00"), at(end)) for end in ("2026-12-05 00:00", "2026-12-06 09:00")]

    assert texts == ["Fri 4 December, wk 49, 20:00–00:00", "Fri 4 December, wk 49, 20:00 – Sun 6 December 09:00"]


@pytest.mark.parametrize(
    ("start", "end", "texts"),
    [
        ("2026-12-04 20:00", "2026-12-05 00:00", {4: "20.00–00.00"}),
        ("2026-12-04 20:00", "2026-12-05 02:00", {4: "från 20.00", 5: "till 02.00"}),
        ("2026-12-07 10:00", "2026-12-09 15:00", {7: "från 10.00", 8: "pågår", 9: "till 15.00"}),
        ("2026-12-07 10:00", "2026-12-09 00:00", {7: "från 10.00", 8: "till 24.00"}),
    ],
)
def test_each_day_says_its_part(start, end, texts):
    days = dates.days_between(at(start), at(end))

    assert {day.day: dates.part_text(day, at(start), at(end)) for day in days} == texts


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23–29 november"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 november – 6 december"),
        (date(2027, 1, 11), date(2027, 1, 17), "11–17 januari 2027"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 december 2026 – 3 januari 2027"),
        (date(2026, 12, 7), date(2027, 12, 13), "7 december 2026 – 13 december 2027"),
        (date(2026, 5, 1), date(2026, 5, 1), "1 maj"),
    ],
)
def test_a_span_of_days_says_both_years_where_they_differ(first, last, text):
    assert dates.days_text(first, last) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-12-04 20:00", "2026-12-05 00:00", "fre 4 december"),
        ("2026-12-07 10:00", "2026-12-09 15:00", "mån 7 december – ons 9 december"),
        ("2026-12-30 10:00", "2027-01-02 15:00", "ons 30 december 2026 – lör 2 januari 2027"),
    ],
)
def test_the_days_of_a_span(start, end, text):
    assert dates.date_span_text(at(start), at(end)) == text
