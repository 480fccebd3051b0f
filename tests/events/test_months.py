"""The pages of month and week: ISO weeks, what each day shows, and where the calendar begins and ends."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.models import Session
from tests.factories import make_activity

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def in_december_2026():
    with time_machine.travel("2026-12-01 12:00:00+01:00", tick=False):
        yield


def at(*numbers):
    return datetime(*numbers, tzinfo=STOCKHOLM)


def make_dates(*spans, **fields):
    activity = make_activity(sessions=0, **fields)
    for starts_at, ends_at in spans:
        Session.objects.create(activity=activity, starts_at=starts_at, ends_at=ends_at)
    return activity


def span(client, path):
    return client.get(f"/aktiviteter/kalender/{path}/").context["span"]


def items(client, path):
    """{(month, day): times} of the page."""
    days = [day for week in span(client, path).weeks for day in week.days if day.items]
    return {(day.date.month, day.date.day): [item.time_text for item in day.items] for day in days}


@pytest.mark.parametrize(("path", "weeks"), [("2026-12", [49, 50, 51, 52, 53]), ("2027-01", [53, 1, 2, 3, 4])])
def test_the_month_has_iso_weeks(client, in_december_2026, path, weeks):
    assert [week.text for week in span(client, path).weeks] == [f"v. {number}" for number in weeks]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2026-v49", "Vecka 49, 30 november – 6 december 2026"),
        ("2026-v50", "Vecka 50, 7–13 december 2026"),
        ("2026-v53", "Vecka 53, 28 december 2026 – 3 januari 2027"),
        ("2026-12", "december 2026"),
    ],
)
def test_the_title_says_both_years_where_they_differ(client, in_december_2026, path, title):
    assert span(client, path).title == title


@pytest.mark.parametrize("path", ["2026-12", "2026-v49"])
def test_an_end_at_midnight_belongs_to_the_evening(client, in_december_2026, path):
    make_dates((at(2026, 12, 4, 20), at(2026, 12, 5)))

    assert items(client, path) == {(12, 4): ["20.00–00.00"]}


@pytest.mark.parametrize("path", ["2027-10", "2027-v43"])
def test_each_day_of_several_says_its_part_and_drafts_are_left_out(client, in_december_2026, path):
    times = (at(2027, 10, 29, 10), at(2027, 10, 31, 15))
    make_dates(times)
    make_dates(times, published=False)

    assert items(client, path) == {(10, 29): ["från 10.00"], (10, 30): ["pågår"], (10, 31): ["till 15.00"]}


def test_a_day_outside_the_weeks_shown_is_left_out(client, in_december_2026):
    make_dates((at(2026, 12, 12, 10), at(2026, 12, 15, 12)))

    assert items(client, "2026-v50") == {(12, 12): ["från 10.00"], (12, 13): ["pågår"]}


ODD = [
    "2026-13", "2026-00", "2025-v53", "2026-v00", "2026-v54", "0000-01", "0000-v01", "0001-v01", "1800-01", "9999-12",
    "9999-v51", "9999-v52", "99999-01", "2026-1", "2026-012", "2026-v1", "2026-v001", "20260-v01", "٢٠٢٦-١٢", "2026-12-01",
    "9" * 5000 + "-01",
]  # fmt: skip


@pytest.mark.parametrize("path", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("base", ["/aktiviteter/kalender/", "/en/activities/calendar/"])
def test_a_month_or_week_that_is_none_does_not_exist(client, base, path):
    assert client.get(f"{base}{path}/").status_code == 404


def test_the_calendar_ends_a_year_from_today_where_nothing_is_further_off(client, in_december_2026):
    codes = {
        path: client.get(f"/aktiviteter/kalender/{path}/").status_code
        for path in ("2025-11", "2025-12", "2027-12", "2028-01", "2025-v48", "2025-v49", "2027-v52", "2028-v01")
    }

    assert codes == {
        "2025-11": 404, "2025-12": 200, "2027-12": 200, "2028-01": 404,
        "2025-v48": 404, "2025-v49": 200, "2027-v52": 200, "2028-v01": 404,
    }  # fmt: skip


def test_the_calendar_reaches_as_far_as_the_lists(client, in_december_2026):
    make_dates((at(2024, 3, 5, 10), at(2024, 3, 5, 12)))
    make_dates((at(2029, 8, 31, 20), at(2029, 9, 1)))

    paths = ("2024-02", "2024-03", "2029-08", "2029-09")
    assert [client.get(f"/aktiviteter/kalender/{path}/").status_code for path in paths] == [404, 200, 200, 404]


@pytest.mark.parametrize(
    ("path", "neighbours"),
    [
        ("2025-12", ["", "2026-01"]),
        ("2027-12", ["2027-11", ""]),
        ("2025-v49", ["", "2025-v50"]),
        ("2027-v52", ["2027-v51", ""]),
        ("2026-v53", ["2026-v52", "2027-v01"]),
    ],
)
def test_links_over_the_edge_are_absent(client, in_december_2026, path, neighbours):
    page = client.get(f"/aktiviteter/kalender/{path}/")

    wanted = [neighbour and f"/aktiviteter/kalender/{neighbour}/" for neighbour in neighbours]
    assert [page.context["span"].previous, page.context["span"].following] == wanted
    links = re.findall(r'href="(/aktiviteter/kalender/\d[^"]*)"', page.content.decode())
    assert {client.get(link).status_code for link in links} == {200}


def test_robots_neither_keep_the_calendar_nor_follow_its_links(client):
    page = client.get(f"/aktiviteter/kalender/{timezone.localdate():%Y-%m}/").content.decode()

    assert '<meta name="robots" content="noindex, nofollow">' in page
    links = re.findall(r"<a[^>]*/aktiviteter/kalender/\d[^>]*>", page)
    assert [link for link in links if "nofollow" not in link] == []


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_month_asks_as_much_of_the_database_for_few_as_for_many(staff_client, number, django_assert_num_queries):
    for _ in range(number):
        make_activity(starts_in=timedelta(minutes=5))
    path = f"/aktiviteter/kalender/{timezone.localdate():%Y-%m}/"
    staff_client.get(path)

    with django_assert_num_queries(9):
        staff_client.get(path)
