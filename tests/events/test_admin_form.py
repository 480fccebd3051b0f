"""The screen on which staff write an activity."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.admin.activity_form import DEFAULT_HOURS
from events.models import Activity
from tests import html_validator
from tests.events.activity_form import LIST, address, change_data, form_data
from tests.events.seats import join, make_course, states
from tests.factories import make_activity, make_series, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db


def test_staff_write_a_draft_with_a_date_and_an_address_of_its_title(staff_client):
    response = staff_client.post(f"{LIST}add/", form_data(_save="1"))

    activity = Activity.objects.get()
    assert (response.status_code, response.url) == (302, LIST)
    assert (activity.slug, activity.is_draft, activity.target_groups) == ("ljud-for-film", True, ["creator"])
    assert activity.sessions.get().starts_at.isoformat() == "2027-03-28T11:00:00+00:00"


@pytest.mark.parametrize(("sessions", "hours"), [(0, 24), (1, 24), (1, 2)])
def test_first_date_has_hours_even_if_none_was_before_or_it_lasted_over_night(staff_client, sessions, hours):
    activity = make_activity(sessions=0)
    start = timezone.make_aware(timezone.datetime(2027, 3, 16, 9))
    for _ in range(sessions):
        activity.sessions.create(starts_at=start, ends_at=start + timedelta(hours=hours))

    form = staff_client.get(f"{LIST}add/").context["inline_admin_formsets"][0].formset.forms[0]

    expected = (9, 11) if hours == 2 else (13, 16)
    assert (form["begins"].value().hour, form["ends"].value().hour) == expected


def test_a_new_activity_is_like_the_last_one_that_is_not_cancelled(staff_client):
    activity = make_activity(sessions=0, place="Acusticum")
    start = timezone.make_aware(timezone.datetime(2027, 3, 16, 9))
    activity.sessions.create(starts_at=start, ends_at=start + timedelta(hours=2))
    make_activity(place="Stängt", cancelled_at=timezone.now(), cancel_reason_sv="Sjuk")

    page = staff_client.get(f"{LIST}add/")

    formset = page.context["inline_admin_formsets"][0].formset
    hours = [
        [form[name].value().hour for name in ("begins", "ends")] for form in (formset.forms[0], formset.empty_form)
    ]
    assert (page.context["adminform"].form["place"].value(), hours) == ("Acusticum", [[9, 11]] * 2)


def test_a_further_date_has_the_hours_of_the_last_one(staff_client):
    activity = make_activity(sessions=0)
    for day, hour in ((16, 9), (17, 18)):
        start = timezone.make_aware(timezone.datetime(2027, 3, day, hour))
        activity.sessions.create(starts_at=start, ends_at=start + timedelta(hours=3))

    page = staff_client.get(address(activity, "change"))

    row = page.context["inline_admin_formsets"][0].formset.empty_form
    assert [row[name].value().hour for name in ("day", "begins", "ends") if row[name].value()] == [18, 21]


def test_a_row_with_the_hours_that_stand_there_is_none(staff_client):
    hours = {f"sessions-1-{name}": f"{value:%H:%M}" for name, value in DEFAULT_HOURS.items()}

    staff_client.post(f"{LIST}add/", form_data(**hours, **{"sessions-TOTAL_FORMS": "2"}))

    assert Activity.objects.get().sessions.count() == 1


def test_a_row_with_hours_that_somebody_wrote_is_asked_for_its_day(staff_client):
    row = {"sessions-TOTAL_FORMS": "2", "sessions-1-begins": "18:05", "sessions-1-ends": "21:00"}

    response = staff_client.post(f"{LIST}add/", form_data(**row))

    (sessions,) = [
        each.formset for each in response.context["inline_admin_formsets"] if each.formset.prefix == "sessions"
    ]
    assert [list(errors) for errors in sessions.errors] == [[], ["day"]]


def test_form_of_many_rows_is_read(staff_client):
    rows = {f"invitees-0-{number}": "x" for number in range(1100)}

    response = staff_client.post(f"{LIST}add/", form_data(title_sv="") | rows)

    assert list(response.context["adminform"].form.errors) == ["title_sv"]


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
    response = staff_client.post(f"{LIST}add/", form_data(**{"sessions-0-ends": "12:00"}))

    formset = response.context["inline_admin_formsets"][0]
    assert formset.formset.errors == [{"__all__": ["Tillfället måste sluta efter att det börjat."]}]
    assert Activity.objects.count() == 0


def test_a_summer_time_that_does_not_exist_is_refused(staff_client):
    response = staff_client.post(f"{LIST}add/", form_data(**{"sessions-0-begins": "02:30"}))

    formset = response.context["inline_admin_formsets"][0]
    assert formset.formset.errors[0]["begins"][0].startswith("02.30 ")


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


def test_a_published_activity_keeps_a_date(staff_client):
    activity = make_activity()
    session = activity.sessions.get()
    kept = {"sessions-INITIAL_FORMS": "1", "sessions-0-id": session.pk, "sessions-0-activity": activity.pk}

    response = staff_client.post(address(activity, "change"), form_data(**kept, **{"sessions-0-DELETE": "on"}))

    assert response.status_code == 200
    assert "En publicerad aktivitet behöver ett datum." in response.content.decode()
    assert activity.sessions.get() == session


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


def test_screen_and_repetition_are_valid_html(staff_client):
    series, day = make_series(), date(2027, 3, 16)
    activity = make_activity(series=series, series_on=day)

    pages = [
        f"{LIST}add/",
        address(activity, "change"),
        address(activity, "repetition"),
        address(activity, "cancellation"),
    ]

    assert [html_validator.errors(staff_client.get(page).content.decode()) for page in pages] == [[]] * 4


@pytest.mark.parametrize("role", ["host", "reader"])
def test_who_only_reads_sees_the_dates_and_no_buttons(groups, role):
    person = make_user(is_staff=True, groups=[role])
    activity = make_activity(series=make_series(), series_on=date(2027, 3, 16))

    page = signed_in(person).get(address(activity, "change"))
    text = page.content.decode()

    assert str(activity.sessions.get()) in text
    assert [words for words in ("_publish", 'name="scope"', "copying", "repetition") if words in text] == []


def test_queries_of_the_form_are_the_same_for_few_and_many_dates_of_a_series(staff_client):
    series, counts = make_series(), []
    for total in (2, 40):
        while series.activities.count() < total:
            day = date(2027, 3, 16) + timedelta(days=series.activities.count())
            activity = make_activity(series=series, series_on=day)
        staff_client.get(address(activity, "change"))  # what a process asks once, it asks here
        with CaptureQueriesContext(connection) as queries:
            staff_client.get(address(activity, "change"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
