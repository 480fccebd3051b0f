"""Staff's side of the activities: write, preview, publish, cancel with a reason."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Activity
from tests.events.seats import join, make_course, states
from tests.factories import make_activity, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/events/activity/"
SIGN_UP = {
    "audience": "public",
    "policy": "first_come",
    "offer_hours": "24",
    "cutoff_hours": "2",
    "largest_party": "4",
    "needs_kept_days": "14",
    "remind_hours": "24",
    "questions-TOTAL_FORMS": "0",
    "questions-INITIAL_FORMS": "0",
    "invitees-TOTAL_FORMS": "0",
    "invitees-INITIAL_FORMS": "0",
}
ENDPOINTS = ["publication", "withdrawal", "cancellation"]


def address(activity, page):
    return f"{LIST}{activity.pk}/{page}/"


def form_data(**changes):
    """What the form for a new activity with one session sends."""
    return {
        "title_sv": "Ljud för film",
        "slug": "",
        "summary_sv": "En eftermiddag.",
        "kind": "workshop",
        "language": "sv",
        "mode": "on_site",
        "target_groups": ["creator"],
        "sessions-TOTAL_FORMS": "1",
        "sessions-INITIAL_FORMS": "0",
        "sessions-0-starts_at_0": "2027-03-28",
        "sessions-0-starts_at_1": "13:00",
        "sessions-0-ends_at_0": "2027-03-28",
        "sessions-0-ends_at_1": "16:00",
        **SIGN_UP,
    } | changes


def test_staff_write_a_draft_with_a_date_and_an_address_of_its_title(staff_client):
    response = staff_client.post(f"{LIST}add/", form_data(_save="1"))

    activity = Activity.objects.get()
    assert (response.status_code, response.url) == (302, LIST)
    assert (activity.slug, activity.is_draft, activity.target_groups) == ("ljud-for-film", True, ["creator"])
    assert activity.sessions.get().starts_at.isoformat() == "2027-03-28T11:00:00+00:00"


def test_saving_and_publishing_is_one_step(staff_client):
    response = staff_client.post(f"{LIST}add/", form_data(_publish="1"))

    activity = Activity.objects.get()
    assert response.url == address(activity, "change")
    assert not activity.is_draft


def test_two_activities_of_one_name_get_two_addresses(staff_client):
    for _ in range(2):
        staff_client.post(f"{LIST}add/", form_data(_save="1"))

    assert sorted(Activity.objects.values_list("slug", flat=True)) == ["ljud-for-film", "ljud-for-film-2"]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title_sv": ""}, "title_sv"),
        ({"capacity": "0"}, "__all__"),
        ({"target_groups": ["nobody"]}, "target_groups"),
    ],
)
def test_invalid_form_saves_nothing_and_says_where(staff_client, changes, where):
    response = staff_client.post(f"{LIST}add/", form_data(**changes))

    assert list(response.context["adminform"].form.errors) == [where]
    assert Activity.objects.count() == 0


def test_session_must_end_after_it_starts(staff_client):
    response = staff_client.post(f"{LIST}add/", form_data(**{"sessions-0-ends_at_1": "12:00"}))

    formset = response.context["inline_admin_formsets"][0]
    assert formset.formset.errors == [{"__all__": ["Tillfället måste sluta efter att det börjat."]}]
    assert Activity.objects.count() == 0


def test_a_summer_time_that_does_not_exist_is_refused(staff_client):
    response = staff_client.post(f"{LIST}add/", form_data(**{"sessions-0-starts_at_1": "02:30"}))

    formset = response.context["inline_admin_formsets"][0]
    assert list(formset.formset.errors[0]) == ["starts_at"]


def test_publication_twice_is_once(staff_client):
    activity = make_activity(published=False)

    first = staff_client.post(address(activity, "publication"))
    published_at = Activity.objects.get().published_at
    second = staff_client.post(address(activity, "publication"))

    assert first.url == second.url == address(activity, "change")
    assert Activity.objects.get().published_at == published_at is not None


def test_publication_without_a_date_tells_what_is_missing(staff_client):
    activity = make_activity(published=False, sessions=0)

    response = staff_client.post(address(activity, "publication"), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "Ge aktiviteten datum och tid innan du publicerar den."
    ]
    assert Activity.objects.get().is_draft


def test_withdrawal_of_what_is_to_be_published(staff_client):
    activity = make_activity(published_at=timezone.now() + timedelta(days=1))

    staff_client.post(address(activity, "withdrawal"))

    assert Activity.objects.get().is_draft


def test_cancellation_asks_why_and_cancels_once(staff_client, staff):
    activity = make_activity()
    page = address(activity, "cancellation")

    asked = staff_client.get(page)
    for reason in ("Snöstorm", "Något annat"):
        staff_client.post(page, {"reason_sv": reason})

    activity.refresh_from_db()
    assert asked.status_code == 200
    assert (activity.cancel_reason_sv, activity.cancelled_by) == ("Snöstorm", staff)


def test_cancellation_without_a_reason_comes_back_with_the_form(staff_client):
    activity = make_activity()

    response = staff_client.post(address(activity, "cancellation"), {"reason_sv": ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason_sv"]
    assert not Activity.objects.get().is_cancelled


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_staff_without_the_permission_change_nothing(endpoint):
    reader = make_user("lasare@kluster.example", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_activity"))
    activity = make_activity(published=False)

    response = signed_in(reader).post(address(activity, endpoint), {"reason_sv": "Nej"})

    assert response.status_code == 403
    assert Activity.objects.get().is_draft


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_those_who_are_not_staff_are_sent_away(owner_client, visitor_client, endpoint):
    activity = make_activity(published=False)

    for client in (owner_client, visitor_client):
        assert client.post(address(activity, endpoint)).status_code in (302, 403)

    assert Activity.objects.get().is_draft


@pytest.mark.parametrize("endpoint", ["publication", "withdrawal"])
def test_a_get_changes_nothing(staff_client, endpoint):
    activity = make_activity(published=False)

    assert staff_client.get(address(activity, endpoint)).status_code == 405
    assert Activity.objects.get().is_draft


def test_what_was_public_is_not_deleted_and_keeps_its_address(staff_client):
    public, draft = make_activity(), make_activity(published=False)

    form = staff_client.get(address(public, "change")).context["adminform"].form

    assert staff_client.post(address(public, "delete"), {"post": "yes"}).status_code == 403
    assert staff_client.post(address(draft, "delete"), {"post": "yes"}).status_code == 302
    assert "slug" not in form.fields
    assert list(Activity.objects.all()) == [public]


def test_form_offers_the_previews_in_both_languages(staff_client):
    activity = make_activity(published=False)

    response = staff_client.get(address(activity, "change"))

    assert response.context["preview_urls"] == [
        ("sv", f"/aktiviteter/{activity.slug}/"),
        ("en", f"/en/activities/{activity.slug}/"),
    ]


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


def test_a_published_activity_keeps_a_date(staff_client):
    activity = make_activity()
    session = activity.sessions.get()
    kept = {"sessions-INITIAL_FORMS": "1", "sessions-0-id": session.pk, "sessions-0-activity": activity.pk}

    response = staff_client.post(address(activity, "change"), form_data(**kept, **{"sessions-0-DELETE": "on"}))

    assert response.status_code == 200
    assert "En publicerad aktivitet behöver ett datum." in response.content.decode()
    assert activity.sessions.get() == session


def change_data(activity, **changes):
    """What the form of an activity with its one session sends."""
    session = activity.sessions.get()
    return form_data(
        title_sv=activity.title_sv,
        summary_sv=activity.summary_sv,
        **{
            "sessions-INITIAL_FORMS": "1",
            "sessions-0-id": session.pk,
            "sessions-0-activity": activity.pk,
        },
        **changes,
    )


def test_fewer_seats_than_are_taken_are_refused_beside_the_form(staff_client):
    course = make_course(2)
    join(course), join(course)

    refused = staff_client.post(address(course, "change"), change_data(course, capacity="1"))

    errors = refused.context["adminform"].form.non_field_errors()
    assert errors == ["2 platser på plats är tagna eller hålls. Flytta eller avboka några först."]
    course.refresh_from_db()
    assert course.capacity == 2


def test_more_seats_are_offered_to_those_who_wait_when_the_form_is_saved(staff_client):
    course = make_course(1)
    join(course), join(course)

    staff_client.post(address(course, "change"), change_data(course, capacity="2"))

    assert states(course) == ["confirmed", "offered"]
