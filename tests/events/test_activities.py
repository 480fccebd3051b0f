"""The list of activities: what it shows, to whom, by which filters, and what it costs."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creativenorth.text.bilingual import Text
from events.models import Registration, Session
from events.pages.agenda import weeks
from tests.events.seats import make_course
from tests.factories import make_activity
from tests.pages import texts

pytestmark = pytest.mark.django_db
ADDRESS = "/aktiviteter/"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#activities-results"}


def shown(response):
    """Titles on the page, in its order."""
    return [row.title for week in response.context["weeks"] for row in week.rows]


def fresh(client, address=ADDRESS, **kwargs):
    caches["pages"].clear()
    return client.get(address, **kwargs)


def test_list_shows_upcoming_first_to_come_first(visitor_client):
    make_activity("Sen", starts_in=timedelta(days=20))
    make_activity("Snar", starts_in=timedelta(days=2), sessions=3)
    make_activity("Förbi", starts_in=-timedelta(days=20))

    response = fresh(visitor_client)

    assert shown(response) == ["Snar", "Sen"]
    assert response.context["page"].paginator.count == 2
    assert "2 aktiviteter" in texts(response.content.decode(), "sv")


def test_list_of_past_shows_the_latest_first(visitor_client):
    make_activity("Länge sedan", starts_in=-timedelta(days=200))
    make_activity("Nyss", starts_in=-timedelta(days=2))
    make_activity("Snar")

    assert shown(fresh(visitor_client, f"{ADDRESS}?visa=tidigare")) == ["Nyss", "Länge sedan"]


@pytest.mark.parametrize("typed", ["skelleftea", "workshop", "verksamhetsledare", "managers", "ljud skelleft"])
def test_search_finds_by_place_kind_and_target_group(visitor_client, typed):
    make_activity("Ljud", municipality="2482", kind="workshop", target_groups=["manager"])
    make_activity(
        "Annat", municipality="2580", kind="seminar", target_groups=["creator"], summary_sv="-", summary_en="-"
    )

    assert shown(fresh(visitor_client, f"{ADDRESS}?q={typed}")) == ["Ljud"]


def test_drafts_are_for_staff_alone(visitor_client, owner_client, staff_client):
    make_activity("Hemlig", published=False)

    assert shown(fresh(visitor_client)) == []
    assert shown(fresh(owner_client)) == []
    assert shown(fresh(staff_client)) == ["Hemlig"]
    assert shown(fresh(visitor_client)) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ljud", ["Ljud"]),
        ("q=ljudet finnsinte", []),
        ("typ=seminar", ["Ljud"]),
        ("typ=okänd", ["Ljud", "Spel"]),
        ("malgrupp=creator", ["Ljud", "Spel"]),
        ("malgrupp=manager", ["Spel"]),
        ("malgrupp=manager&typ=seminar", []),
        ("page=99", ["Ljud", "Spel"]),
    ],
)
def test_filters_narrow_the_list(visitor_client, query, expected):
    make_activity("Ljud", kind="seminar", target_groups=["creator"], summary_sv="Om att höra.", summary_en="")
    make_activity("Spel", starts_in=timedelta(days=9), summary_sv="Om att leka.", summary_en="")

    assert shown(fresh(visitor_client, f"{ADDRESS}?{query}")) == expected


def test_pills_take_one_filter_away_and_keep_the_others(visitor_client):
    response = fresh(visitor_client, f"{ADDRESS}?q=ljud&typ=seminar&visa=tidigare")

    assert response.context["pills"] == [
        {"label": "”ljud”", "url": f"{ADDRESS}?typ=seminar&visa=tidigare"},
        {"label": "Seminarium", "url": f"{ADDRESS}?q=ljud&visa=tidigare"},
    ]
    assert response.context["clear_url"] == f"{ADDRESS}?visa=tidigare"


def test_fragment_is_the_same_markup_as_on_the_page(visitor_client):
    make_activity("Ljud")

    page = fresh(visitor_client).content.decode()
    fragment = fresh(visitor_client, headers=HTMX)

    assert fragment.content.decode().strip() in page
    assert fragment.content.decode().strip().startswith('<div id="activities-results">')
    assert "HX-Request" in fragment.headers["Vary"]


def test_going_back_in_history_gets_the_whole_page(visitor_client):
    headers = {"HX-Request": "true", "HX-Request-Type": "full", "HX-History-Restore-Request": "true"}

    assert fresh(visitor_client, headers=headers).content.lstrip().lower().startswith(b"<!doctype html>")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_list_is_only_read(visitor_client, method):
    assert getattr(visitor_client, method)(ADDRESS).status_code == 405


def test_queries_are_the_same_for_3_and_50(visitor_client):
    counts = []
    for total in (3, 50):
        while Session.objects.count() < total:
            make_activity(starts_in=timedelta(days=1 + Session.objects.count()))
        fresh(visitor_client)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            response = visitor_client.get(ADDRESS)
        counts.append(len(queries))
        assert len(shown(response)) == total

    assert counts[0] == counts[1]


def test_a_long_list_has_pages_that_keep_the_filters(visitor_client):
    for number in range(52):
        make_activity(f"Ljud {number:02}", starts_in=timedelta(days=1, hours=number))

    response = fresh(visitor_client, f"{ADDRESS}?q=ljud&page=2")

    assert shown(response) == ["Ljud 50", "Ljud 51"]
    assert 'href="?q=ljud&amp;page=1"' in response.content.decode()


def test_english_list_falls_back_to_swedish_and_says_so(visitor_client):
    make_activity("Ljud", title_en="", summary_en="")

    response = fresh(visitor_client, "/en/activities/")

    [title] = shown(response)
    assert isinstance(title, Text)
    assert '<h3 class="activity__title" lang="sv">' in response.content.decode()


def test_sessions_of_one_week_stand_together():
    for days in (7, 7, 30):
        make_activity(starts_in=timedelta(days=days))

    grouped = weeks(Session.objects.upcoming().select_related("activity"))

    assert [len(week.rows) for week in grouped] == [2, 1]


@pytest.mark.parametrize("number", [10, 1000])
def test_list_and_page_of_activities_ask_as_much_with_few_as_with_many_participants(client, number):
    course = make_course(5)
    Registration.objects.bulk_create(
        Registration(
            activity=course, guest_name=f"Gäst {n}", state="confirmed" if n < 5 else "waiting", shown_to="everyone"
        )
        for n in range(number)
    )
    asked = []
    for path in ("/aktiviteter/", f"/aktiviteter/{course.slug}/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked.append(len(queries))

    assert asked == [8, 11]
