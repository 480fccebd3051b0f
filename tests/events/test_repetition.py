"""The page on which staff repeat an activity, and the form that asks for whom a change is."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from creativenorth.dates.swedish_days import moment
from events.actions.series import repeat_activity
from events.models import Activity, Session
from events.recurrence import Rule
from tests.events.activity_form import address, change_data
from tests.events.seats import join
from tests.factories import make_activity

pytestmark = pytest.mark.django_db
FIRST = date(2027, 3, 12)  # a Friday, two weeks before Good Friday


@pytest.fixture
def first(db):
    activity = make_activity("Fika", sessions=0, capacity=5, title_en="", summary_sv="Kaffe.", slug="fika")
    Session.objects.create(activity=activity, starts_at=moment(FIRST, time(10)), ends_at=moment(FIRST, time(12)))
    return activity


@pytest.fixture
def series(first, staff):
    days = [FIRST + timedelta(days=7 * number) for number in (1, 2)]
    made = repeat_activity(first, by=staff, rule=Rule("weekly", FIRST, count=3), days=days, publishes=True)
    return [Activity.objects.get(pk=each.pk) for each in (first, *made)]


def rule(**changes):
    return {"frequency": "weekly", "interval": "1", "count": "4", "until": "", "more": ""} | changes


def shown(response):
    return [(day.value, day.week, day.holiday, day.is_ticked) for day in response.context["days"]]


def test_dates_are_shown_with_week_and_holiday_before_any_is_made(staff_client, first):
    response = staff_client.get(address(first, "repetition"))

    assert shown(response) == [
        ("2027-03-12", "v. 10", "", False),
        ("2027-03-19", "v. 11", "", True),
        ("2027-03-26", "v. 12", "Långfredagen", False),
        ("2027-04-02", "v. 13", "", True),
    ]
    assert Activity.objects.get().series is None


def test_another_rule_shows_other_dates_and_writes_nothing(staff_client, first):
    changed = rule(frequency="monthly", count="", until="2027-06-01", _show="1")

    page = staff_client.post(address(first, "repetition"), changed)
    fragment = staff_client.post(address(first, "repetition"), changed, headers={"HX-Request": "true"})

    assert [day for day, *_ in shown(page)] == ["2027-03-12", "2027-04-09", "2027-05-14"]
    assert shown(page) == shown(fragment)
    assert (fragment.content.decode().count("<fieldset"), Activity.objects.count()) == (1, 1)


def test_ticked_dates_are_made_once_however_often_they_are_sent(staff_client, first):
    ticked = rule(day=["2027-03-19", "2027-04-02"], publishes="on")

    for _ in range(2):
        response = staff_client.post(address(first, "repetition"), ticked)

    assert response.status_code == 422
    assert list(Activity.objects.order_by("series_on").values_list("series_on", flat=True)) == [
        FIRST,
        date(2027, 3, 19),
        date(2027, 4, 2),
    ]
    assert all(activity.is_public for activity in Activity.objects.all())


def test_chosen_dates_gather_and_are_made_as_drafts(staff_client, first):
    one = staff_client.post(
        address(first, "repetition"),
        rule(frequency="chosen", count="", more="2027-05-04", day=["2027-04-21"], _show="1"),
    )
    made = staff_client.post(
        address(first, "repetition"), rule(frequency="chosen", count="", day=["2027-04-21", "2027-05-04"])
    )

    assert [day for day, *_ in shown(one)] == ["2027-03-12", "2027-04-21", "2027-05-04"]
    assert made.status_code == 302
    assert [activity.is_draft for activity in Activity.objects.order_by("series_on")] == [False, True, True]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"count": "", "until": ""}, "count"),
        ({"count": "4", "until": "2027-06-01"}, "until"),
        ({"count": "61"}, "count"),
        ({"interval": "13"}, "interval"),
        ({"frequency": "last"}, "frequency"),
        ({"day": []}, "__all__"),
        ({"day": ["2027-03-20"]}, "__all__"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_made(staff_client, first, changes, field):
    response = staff_client.post(address(first, "repetition"), rule(day=["2027-03-19"]) | changes)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Activity.objects.count() == 1


def test_an_hour_that_is_missing_stands_beside_its_date(staff_client):
    night = make_activity("Natt", sessions=0)
    day = date(2027, 3, 21)
    Session.objects.create(activity=night, starts_at=moment(day, time(2, 30)), ends_at=moment(day, time(4)))

    days = staff_client.get(address(night, "repetition")).context["days"]

    assert [day.problem[:18] for day in days] == ["", "02.30 finns inte s", "", ""]


def test_the_form_gives_a_change_to_those_that_follow(staff_client, series):
    second = series[1]

    staff_client.post(address(second, "change"), change_data(second, slug="x", place="Ny sal", scope="following"))
    staff_client.post(address(series[0], "change"), change_data(series[0], slug="x", place="Egen", scope="this"))

    rows = Activity.objects.order_by("series_on").values_list("place", "own_fields")
    assert [(place, "place" in own) for place, own in rows] == [("Egen", True), ("Ny sal", False), ("Ny sal", False)]


def test_fewer_seats_than_another_date_has_taken_are_refused(staff_client, series):
    join(series[2]), join(series[2])

    refused = staff_client.post(address(series[0], "change"), change_data(series[0], capacity="1", scope="all"))

    errors = refused.context["adminform"].form.non_field_errors()
    assert errors == ["fre 26 mars 2027: 2 platser på plats är tagna eller hålls. Flytta eller avboka några först."]
    assert set(Activity.objects.values_list("capacity", flat=True)) == {5}


def test_hours_that_another_date_does_not_have_are_refused(staff_client, staff):
    sunday = make_activity("Natt", sessions=0)
    day = date(2027, 3, 21)
    Session.objects.create(activity=sunday, starts_at=moment(day, time(10)), ends_at=moment(day, time(12)))
    repeat_activity(sunday, by=staff, rule=Rule("weekly", day, count=2), days=[date(2027, 3, 28)])

    data = change_data(Activity.objects.get(pk=sunday.pk), scope="all", **{"sessions-0-begins": "02:30"})
    refused = staff_client.post(address(sunday, "change"), data)

    assert refused.context["dates"].formset.non_form_errors()[0].startswith("02.30 finns inte sön 28 mars 2027")
    assert Session.objects.filter(starts_at=moment(day, time(10))).exists()


def test_cancelling_the_rest_asks_how_far_and_says_what_happens(staff_client, series):
    Activity.objects.filter(pk=series[2].pk).update(published_at=None)
    page = address(series[1], "cancellation")

    asked = staff_client.get(page).context["scopes"]
    staff_client.post(page, {"scope": "following", "reason_sv": "Snö"})

    assert [scope["words"] for scope in asked] == [
        "1 ställs in",
        "1 ställs in, 1 utkast tas bort",
        "2 ställs in, 1 utkast tas bort",
    ]
    assert [activity.is_cancelled for activity in Activity.objects.order_by("series_on")] == [False, True]


def test_an_activity_without_a_date_is_not_repeated(staff_client):
    draft = make_activity(published=False, sessions=0)

    response = staff_client.get(address(draft, "repetition"))

    assert response.url == address(draft, "change")


def test_host_repeats_nothing(host_client, first):
    response = host_client.post(address(first, "repetition"), rule(day=["2027-03-19"]))

    assert (response.status_code, Activity.objects.count()) == (403, 1)


def test_past_dates_are_not_offered(staff_client):
    old = make_activity(starts_in=-timedelta(days=30))

    days = staff_client.get(address(old, "repetition")).context["days"]

    assert [day.is_taken for day in days] == [True] + [False] * (len(days) - 1)
    assert all(day.value >= timezone.localdate().isoformat() for day in days[1:])


@pytest.mark.parametrize(("published", "codes"), [(None, 302), (timezone.now() - timedelta(days=1), 422)])
def test_only_what_somebody_has_seen_needs_a_reason(staff_client, series, published, codes):
    Activity.objects.filter(pk=series[2].pk).update(published_at=published)

    response = staff_client.post(address(series[2], "cancellation"), {"scope": "this", "reason_sv": ""})

    assert (response.status_code, Activity.objects.filter(pk=series[2].pk).exists()) == (codes, codes == 422)
