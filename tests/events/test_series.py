"""A series: its dates are activities of their own; changes and cancellations go as far as one says."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from creativenorth.dates.calendars import parts
from creativenorth.dates.swedish_days import moment
from creativenorth.mail.models import Mail
from events.actions.mails.changes import choose, tell_due
from events.actions.series import Scope, SeriesChange, SessionChange, cancel_in_series, change_others, repeat_activity
from events.models import Activity, Notice, Session
from events.recurrence import Rule
from tests.events.seats import join
from tests.factories import make_activity, make_user

pytestmark = pytest.mark.django_db
FIRST = date(2027, 3, 16)  # a Tuesday before summer time begins
HOURS = SessionChange(number=0, begins=time(13), ends=time(15), nights=0, titles={})


def make_first(published=True, **fields):
    """An activity on FIRST from ten to twelve."""
    activity = make_activity("Fika", sessions=0, published=published, title_en="", **fields)
    Session.objects.create(activity=activity, starts_at=moment(FIRST, time(10)), ends_at=moment(FIRST, time(12)))
    return activity


@pytest.fixture
def series(staff):
    """Four Tuesdays, over the change to summer time; all public."""
    rule = Rule("weekly", FIRST, count=4)
    first = make_first(capacity=5)
    made = repeat_activity(first, by=staff, rule=rule, days=rule.dates()[1:], publishes=True)
    return [Activity.objects.get(pk=each.pk) for each in (first, *made)]


def starts(activities):
    """Day and hour on Swedish clocks, of each one's first session."""
    found = [timezone.localtime(Activity.objects.get(pk=each.pk).sessions.first().starts_at) for each in activities]
    return [f"{start:%m-%d %H:%M}" for start in found]


def venues():
    return list(Activity.objects.order_by("series_on").values_list("place", flat=True))


def test_dates_are_activities_that_keep_their_hour_over_summer_time(series):
    assert starts(series) == ["03-16 10:00", "03-23 10:00", "03-30 10:00", "04-06 10:00"]
    assert [each.slug for each in series[1:]] == ["fika-2027-03-23", "fika-2027-03-30", "fika-2027-04-06"]
    assert {(each.capacity, each.is_public, each.registrations.count()) for each in series} == {(5, True, 0)}


def test_dates_of_what_is_published_later_are_published_with_it(staff):
    later = timezone.now().replace(microsecond=0) + timedelta(days=3)
    first = make_first(published_at=later)
    rule = Rule("weekly", FIRST, count=2)

    made = repeat_activity(first, by=staff, rule=rule, days=rule.dates()[1:], publishes=True)

    assert [each.published_at for each in made] == [later]


def test_the_same_dates_again_make_nothing_more(series, staff):
    rule = Rule("weekly", FIRST, count=4)

    assert repeat_activity(series[0], by=staff, rule=rule, days=rule.dates()) == []
    assert Activity.objects.count() == 4


def test_three_dates_become_four_with_texts_of_the_one_that_is_repeated(staff):
    rule = Rule("weekly", FIRST, count=3)
    first = make_first()
    made = repeat_activity(first, by=staff, rule=rule, days=rule.dates()[1:])
    Activity.objects.filter(pk=made[-1].pk).update(place="Sista salen")

    more = repeat_activity(made[-1], by=staff, rule=Rule("weekly", FIRST, count=4), days=[date(2027, 4, 6)])

    assert starts(more) == ["04-06 10:00"]
    assert more[0].place == "Sista salen"
    assert more[0].series.ends_on == date(2027, 4, 6)


def test_sign_up_closes_as_long_before_each_date(staff):
    closes = moment(date(2027, 3, 15), time(12))
    first = make_first(signup_closes_at=closes)

    made = repeat_activity(first, by=staff, rule=Rule("weekly", FIRST, count=3), days=[date(2027, 3, 30)])

    assert made[0].signup_closes_at == moment(date(2027, 3, 29), time(12))


def test_series_has_at_most_sixty_dates(staff):
    days = [FIRST + timedelta(days=number) for number in range(1, 61)]

    with pytest.raises(ValidationError) as refused:
        repeat_activity(make_first(), by=staff, rule=Rule("chosen", FIRST), days=days)

    assert refused.value.code == "many"
    assert Activity.objects.count() == 1


def test_an_hour_that_is_missing_in_spring_makes_no_date(staff):
    night = make_activity("Natt", sessions=0)
    day = date(2027, 3, 21)
    Session.objects.create(activity=night, starts_at=moment(day, time(2, 30)), ends_at=moment(day, time(4)))

    with pytest.raises(ValidationError) as refused:
        repeat_activity(night, by=staff, rule=Rule("weekly", day, count=2), days=[date(2027, 3, 28)])

    assert refused.value.code == "no_such_time"
    assert Activity.objects.get() == night


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.THIS, ["Acusticum", "Ny sal", "Acusticum", "Acusticum"]),
        (Scope.FOLLOWING, ["Acusticum", "Ny sal", "Ny sal", "Ny sal"]),
        (Scope.ALL, ["Ny sal"] * 4),
    ],
)
def test_a_change_goes_as_far_as_one_says(series, staff, scope, expected):
    second = series[1]
    second.place = "Ny sal"
    second.save()

    change_others(second, SeriesChange(columns=("place",)), by=staff, scope=scope)

    assert venues() == expected
    second.refresh_from_db()
    assert second.own_fields == (["place"] if scope == Scope.THIS else [])


@pytest.mark.parametrize(("overwrites", "third"), [(False, "Egen sal"), (True, "Ny sal")])
def test_what_was_changed_on_its_own_stays_unless_one_says_otherwise(series, staff, overwrites, third):
    Activity.objects.filter(pk=series[2].pk).update(place="Egen sal", own_fields=["place"])
    series[0].place, series[0].capacity = "Ny sal", 9
    series[0].save()

    change = SeriesChange(columns=("place", "capacity"), overwrites=overwrites)
    change_others(series[0], change, by=staff, scope=Scope.ALL)

    assert venues() == ["Ny sal", "Ny sal", third, "Ny sal"]
    assert set(Activity.objects.values_list("capacity", flat=True)) == {9}
    assert Activity.objects.get(pk=series[2].pk).own_fields == ([] if overwrites else ["place"])


def test_new_hours_go_to_the_others_by_the_clock(series, staff):
    change_others(series[0], SeriesChange(session_changes=(HOURS,)), by=staff, scope=Scope.ALL)

    assert starts(series[1:]) == ["03-23 13:00", "03-30 13:00", "04-06 13:00"]
    series[0].series.refresh_from_db()
    assert (series[0].series.begins, series[0].series.ends) == (time(13), time(15))


def test_what_is_over_or_cancelled_is_never_changed(series, staff):
    past = timezone.now() - timedelta(days=2)
    series[1].sessions.update(starts_at=past, ends_at=past + timedelta(hours=2))
    Activity.objects.filter(pk=series[2].pk).update(cancelled_at=past, cancel_reason_sv="Sjuk")
    series[0].place = "Ny sal"
    series[0].save()

    number = change_others(series[0], SeriesChange(columns=("place",), overwrites=True), by=staff, scope=Scope.ALL)

    assert number == 1
    assert venues() == ["Ny sal", "Acusticum", "Acusticum", "Ny sal"]


def test_those_with_a_seat_are_mailed_new_hours_as_after_a_single_change(series, staff):
    row = join(series[2])
    Mail.objects.all().delete()

    change_others(series[0], SeriesChange(session_changes=(HOURS,)), by=staff, scope=Scope.FOLLOWING)
    choose(Notice.objects.all(), by=staff, tells=True, at_once=True)
    tell_due()

    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (row.address, "Ny tid eller plats: Fika")
    assert "DTSTART;TZID=Europe/Stockholm:20270330T130000" in mail.calendar


def test_each_person_gets_one_mail_when_a_series_is_called_off(series, staff):
    member = make_user("ofta@bolag.example", name="Ofta Med")
    for activity in series[1:3]:
        join(activity, member)
    Mail.objects.all().delete()

    numbers = cancel_in_series(series[1], by=staff, scope=Scope.FOLLOWING, reason_sv="Snö")

    assert numbers == (3, 0)
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (member.email, "Inställt: Fika, 2 tillfällen")
    assert [method for method, _name, _text in parts(mail.calendar)] == ["CANCEL", "CANCEL"]
    assert list(Activity.objects.order_by("series_on").values_list("cancel_reason_sv", flat=True)) == [
        "",
        "Snö",
        "Snö",
        "Snö",
    ]


def test_what_nobody_has_seen_goes_away_when_the_series_ends_earlier(series, staff):
    Activity.objects.filter(pk__in=[series[2].pk, series[3].pk]).update(published_at=None)

    assert cancel_in_series(series[2], by=staff, scope=Scope.FOLLOWING, reason_sv="") == (0, 2)
    assert list(Activity.objects.order_by("series_on")) == series[:2]


def test_only_staff_with_the_permission_change_a_series(series, host):
    with pytest.raises(PermissionDenied):
        change_others(series[0], SeriesChange(columns=("place",)), by=host, scope=Scope.ALL)
    with pytest.raises(PermissionDenied):
        cancel_in_series(series[0], by=host, scope=Scope.ALL, reason_sv="Nej")
    with pytest.raises(PermissionDenied):
        repeat_activity(series[0], by=host, rule=Rule("weekly", FIRST, count=2), days=[FIRST])


@pytest.mark.parametrize("columns", [{"series": None}, {"series_on": None}, {"series_on": FIRST}])
def test_database_keeps_one_activity_a_day_in_a_series(series, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=series[1].pk).update(**columns)
