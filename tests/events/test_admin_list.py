"""Staff's list of activities, and the history of one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Activity, Session
from tests.events.activity_form import LIST
from tests.factories import make_activity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("state=draft", ["Utkast"]),
        ("state=published", ["Snar", "Förbi"]),
        ("state=cancelled", ["Av"]),
        ("when=upcoming", ["Snar", "Utkast", "Av"]),
        ("when=past", ["Förbi"]),
        ("q=snar", ["Snar"]),
    ],
)
def test_list_is_filtered_and_ordered_by_the_next_date(staff_client, query, titles):
    make_activity("Av", starts_in=timedelta(days=9), cancelled_at=timezone.now(), cancel_reason_sv="Sjuk")
    make_activity("Utkast", starts_in=timedelta(days=5), published=False)
    make_activity("Snar", starts_in=timedelta(days=1))
    make_activity("Förbi", starts_in=-timedelta(days=9))

    response = staff_client.get(f"{LIST}?{query}")

    assert [activity.title_sv for activity in response.context["cl"].result_list] == titles


def test_queries_of_the_list_are_the_same_for_3_and_50(staff_client):
    counts = []
    for total in (3, 50):
        while Activity.objects.count() < total:
            make_activity()
        staff_client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            staff_client.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_history_shows_what_the_database_recorded(staff_client):
    activity = make_activity("Först")
    Activity.objects.update(title_sv="Sedan")

    page = staff_client.get(reverse("admin:events_activity_history", args=[activity.pk])).content.decode()

    assert "Först" in page
    assert "Sedan" in page


def test_history_tells_of_the_dates_too_those_that_are_gone_among_them(staff_client):
    activity = make_activity("Först")
    session = activity.sessions.get()
    name = f"Tillfälle {session}"
    Session.objects.filter(pk=session.pk).update(title_sv="Nytt namn")
    session.delete()

    entries = staff_client.get(reverse("admin:events_activity_history", args=[activity.pk])).context["entries"]

    assert [(entry.kind, [change.label for change in entry.changes]) for entry in entries] == [
        (f"{name}: togs bort", []),
        (f"{name}: ändrades", [f"{name}: rubrik på svenska"]),
        (f"{name}: lades till", []),
        ("lades till", []),
    ]
