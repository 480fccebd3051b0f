"""The page of an activity: all its sessions, what may be known of it, and by whom."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_activity, make_cluster
from tests.pages import texts

pytestmark = pytest.mark.django_db


def address(activity):
    return f"/aktiviteter/{activity.slug}/"


def data_of(response):
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.S)
    return json.loads(found)


def test_page_names_every_session_the_week_and_the_time_zone(visitor_client):
    activity = make_activity(sessions=3, access_sv="Ramp och hiss.", capacity=12, online_url="https://hemlig.example/")

    response = visitor_client.get(address(activity))
    seen = texts(response.content.decode(), "sv")

    assert [line.starts_at for line in response.context["lines"]] == [s.starts_at for s in activity.sessions.all()]
    assert {"3 tillfällen", "Tiderna är svensk tid (Europe/Stockholm).", "Ramp och hiss.", "12"} <= seen
    assert {f"v. {timezone.localtime(s.starts_at).isocalendar().week}" for s in activity.sessions.all()} <= seen
    assert "hemlig.example" not in response.content.decode()


def test_draft_is_404_for_all_but_staff(visitor_client, owner_client, staff_client):
    activity = make_activity(published=False)

    response = staff_client.get(address(activity))

    assert visitor_client.get(address(activity)).status_code == owner_client.get(address(activity)).status_code == 404
    assert "Det här är ett utkast." in texts(response.content.decode(), "sv")
    assert "application/ld+json" not in response.content.decode()


def test_scheduled_activity_is_not_public_yet(visitor_client):
    activity = make_activity(published_at=timezone.now() + timedelta(hours=1))

    assert visitor_client.get(address(activity)).status_code == 404


def test_cancelled_activity_says_so_and_why(visitor_client):
    activity = make_activity(cancelled_at=timezone.now(), cancel_reason_sv="Läraren är sjuk.")

    swedish = visitor_client.get(address(activity))
    english = visitor_client.get(f"/en/activities/{activity.slug}/")

    assert "Läraren är sjuk." in texts(swedish.content.decode(), "sv")
    assert '<p lang="sv">Läraren är sjuk.</p>' in english.content.decode()
    assert data_of(swedish)["eventStatus"] == "https://schema.org/EventCancelled"


def test_sign_up_leads_from_the_top_while_open_and_is_gone_afterwards(visitor_client):
    begun, over = make_activity(starts_in=-timedelta(minutes=10)), make_activity(starts_in=-timedelta(days=3))

    pages = [visitor_client.get(address(each)).content.decode() for each in (make_activity(), begun, over)]

    assert [page.count('anmalan/">Anmäl dig</a>') > 1 for page in pages] == [True, False, False]
    assert ['id="signup-box"' in page for page in pages] == [True, True, False]
    assert {"Anmälan", "Aktiviteten har börjat."} <= texts(pages[1], "sv")


def test_data_for_machines_holds_times_with_offset_and_place(visitor_client):
    activity = make_activity(sessions=2, mode="hybrid", street="Gatan 1")

    data = data_of(visitor_client.get(address(activity)))

    starts = [timezone.localtime(session.starts_at).isoformat() for session in activity.sessions.all()]
    assert data["startDate"] == starts[0]
    assert [part["startDate"] for part in data["subEvent"]] == starts
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert data["location"][0]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Gatan 1",
        "addressLocality": "Piteå",
        "addressCountry": "SE",
    }


def test_nothing_in_a_title_ends_the_script(visitor_client):
    activity = make_activity(title_sv="</script><script>alert(1)</script>", slug="knep")

    response = visitor_client.get(address(activity))

    assert data_of(response)["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in response.content.decode()


def test_demo_data_is_marked(visitor_client):
    demo, real = make_activity(is_demo=True), make_activity()

    assert "Påhittat exempel" in texts(visitor_client.get(address(demo)).content.decode(), "sv")
    assert "Påhittat exempel" not in texts(visitor_client.get(address(real)).content.decode(), "sv")


def test_page_is_only_read_and_unknown_ones_are_404(visitor_client):
    activity = make_activity()

    assert visitor_client.post(address(activity)).status_code == 405
    assert visitor_client.get("/aktiviteter/finns-inte/").status_code == 404


def test_queries_are_the_same_for_3_and_50_sessions(visitor_client):
    make_cluster()
    counts = []
    for sessions in (3, 50):
        activity = make_activity(sessions=sessions)
        visitor_client.get(address(activity))
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            visitor_client.get(address(activity))
        counts.append(len(queries))

    assert counts[0] == counts[1]
