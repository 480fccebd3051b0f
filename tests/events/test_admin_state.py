"""Publishing an activity now or later, taking it back, calling it off with a reason."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from events.models import Activity
from tests.events.activity_form import address
from tests.factories import make_activity, make_registration, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
ENDPOINTS = ["publication", "withdrawal", "cancellation"]


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
    make_registration(activity), make_registration(activity, state="waiting")
    page = address(activity, "cancellation")

    asked = staff_client.get(page)
    for reason in ("Snöstorm", "Något annat"):
        staff_client.post(page, {"reason_sv": reason})

    activity.refresh_from_db()
    assert "2 personer som har plats eller väntar på en får dina ord i ett mejl." in asked.content.decode()
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


def test_publishing_what_has_been_asks_whether_the_year_is_right(staff_client):
    over = make_activity(published=False, starts_in=timedelta(days=-300))

    page = staff_client.post(address(over, "publication"), follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["warning", "success"]
