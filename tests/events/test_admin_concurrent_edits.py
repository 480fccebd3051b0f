"""Two of the staff have one activity open: its dates, questions and invited addresses, and who saved first."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from events.models import Session
from tests.events.activity_form import address
from tests.factories import make_activity, make_series
from tests.open_page import errors, shown

pytestmark = pytest.mark.django_db
START = timezone.make_aware(timezone.datetime(2027, 3, 16, 13))


@pytest.fixture
def activity():
    activity = make_activity(sessions=0)
    for days in (0, 7):
        start = START + timedelta(days=days)
        activity.sessions.create(starts_at=start, ends_at=start + timedelta(hours=3), title_sv="Del")
    return activity


def page(activity):
    return address(activity, "change")


def said(answer):
    """What stands above the rows."""
    return [text for each in answer.context["inline_admin_formsets"] for text in each.formset.non_form_errors()]


def times(activity):
    local = [timezone.localtime(each.starts_at) for each in activity.sessions.all()]
    return [f"{each:%d/%m %H}" for each in local]


def test_both_keep_what_they_changed_of_one_date(staff_client, activity):
    data = shown(staff_client, page(activity))
    later = START + timedelta(days=1)
    first = activity.sessions.filter(starts_at=START)
    first.update(starts_at=later, ends_at=later + timedelta(hours=3), title_sv="Kollegans namn")

    answer = staff_client.post(page(activity), data | {"sessions-0-ends": "17:00"})

    session = activity.sessions.first()
    assert (answer.status_code, times(activity)) == (302, ["17/03 13", "23/03 13"])
    assert (session.title_sv, timezone.localtime(session.ends_at).hour) == ("Kollegans namn", 17)


def test_hour_that_both_changed_is_told_once_beside_it(staff_client, activity):
    data = shown(staff_client, page(activity)) | {"sessions-0-begins": "14:00"}
    activity.sessions.filter(starts_at=START).update(starts_at=START - timedelta(hours=1))

    refused = staff_client.post(page(activity), data)
    form = refused.context["inline_admin_formsets"][0].formset.forms[0]
    errors_shown, typed = errors(refused), form["begins"].value()
    again = staff_client.post(
        page(activity), data | {"initial-sessions-0-begins": form.data["initial-sessions-0-begins"]}
    )

    text = "Någon har ändrat det här under tiden, till: 12:00. Spara igen för att behålla ditt."
    assert (errors_shown, typed) == ({"begins": [text]}, "14:00")
    assert (again.status_code, times(activity)) == (302, ["16/03 14", "23/03 13"])


def test_date_that_is_gone_stays_gone_where_the_reader_left_it_alone(staff_client, activity):
    data = shown(staff_client, page(activity)) | {"sessions-1-begins": "14:00"}
    activity.sessions.first().delete()

    answer = staff_client.post(page(activity), data)

    assert (answer.status_code, times(activity)) == (302, ["23/03 14"])


def test_date_that_is_gone_is_kept_as_a_new_one_where_the_reader_changed_it(staff_client, activity):
    data = shown(staff_client, page(activity)) | {"sessions-0-begins": "14:00"}
    activity.sessions.first().delete()

    refused = staff_client.post(page(activity), data)
    formset = refused.context["inline_admin_formsets"][0].formset
    errors_shown, typed = said(refused), formset.forms[1]["begins"].value()
    again = staff_client.post(page(activity), formset.data.dict() | {"target_groups": data["target_groups"]})

    assert [text[:32] for text in errors_shown] == ["Någon har under tiden tagit bort"]
    assert (typed, again.status_code, times(activity)) == ("14:00", 302, ["16/03 14", "23/03 13"])


def test_date_that_somebody_changed_is_not_deleted_unseen(staff_client, activity):
    data = shown(staff_client, page(activity)) | {"sessions-0-DELETE": "on"}
    activity.sessions.filter(starts_at=START).update(title_sv="Kollegans namn")

    refused = staff_client.post(page(activity), data)
    form = refused.context["inline_admin_formsets"][0].formset.forms[0]
    errors_shown, name = said(refused), form["title_sv"].value()
    again = staff_client.post(page(activity), data | {"initial-sessions-0-title_sv": "Kollegans namn"})

    assert errors_shown == [
        "Någon har under tiden ändrat det du tar bort: tis 16 mars 2027 13.00. Spara igen för att ta bort det ändå."
    ]
    assert (name, again.status_code, times(activity)) == ("Kollegans namn", 302, ["23/03 13"])


def test_same_date_added_by_both_is_told(staff_client, activity):
    new = {"day": date(2027, 4, 1), "begins": time(13), "ends": time(16)}
    data = shown(staff_client, page(activity)) | {f"sessions-2-{name}": value for name, value in new.items()}
    start = timezone.make_aware(timezone.datetime(2027, 4, 1, 13))
    Session.objects.create(activity=activity, starts_at=start, ends_at=start + timedelta(hours=1))

    answer = staff_client.post(page(activity), data | {"sessions-TOTAL_FORMS": "3"})

    assert (answer.status_code, list(errors(answer).values())) == (200, [["Det finns redan ett tillfälle då."]])
    assert times(activity) == ["16/03 13", "23/03 13", "01/04 13"]


def test_questions_and_invited_addresses_keep_what_a_colleague_did(staff_client, activity):
    activity.questions.create(text_sv="Vad?"), activity.invitees.create(email="a@ute.example")
    data = shown(staff_client, page(activity)) | {"questions-0-text_en": "What?"}
    activity.questions.update(text_sv="Vad då?", is_required=True)
    activity.invitees.all().delete()

    answer = staff_client.post(page(activity), data)

    question = activity.questions.get()
    assert (answer.status_code, question.text_sv, question.text_en) == (302, "Vad då?", "What?")
    assert (question.is_required, activity.invitees.count()) == (True, 0)


def test_two_dates_swap_their_times_in_one_save(staff_client, activity):
    first, second = activity.sessions.all()
    days = {"sessions-0-day": "2027-03-23", "sessions-1-day": "2027-03-16"}

    answer = staff_client.post(page(activity), shown(staff_client, page(activity)) | days)

    assert (answer.status_code, list(activity.sessions.all())) == (302, [second, first])


def test_date_takes_the_time_of_one_that_is_deleted(staff_client, activity):
    second = activity.sessions.last()
    changes = {"sessions-0-DELETE": "on", "sessions-1-day": "2027-03-16"}

    answer = staff_client.post(page(activity), shown(staff_client, page(activity)) | changes)

    assert (answer.status_code, list(activity.sessions.all()), times(activity)) == (302, [second], ["16/03 13"])


def test_two_dates_at_once_are_refused_beside_the_hour(staff_client, activity):
    answer = staff_client.post(page(activity), shown(staff_client, page(activity)) | {"sessions-1-day": "2027-03-16"})

    assert errors(answer) == {"begins": ["Det finns redan ett tillfälle då."]}


def test_change_of_a_series_reaches_those_that_follow_as_the_page_sends_it(staff_client):
    series = make_series()
    first, second = (
        make_activity(series=series, series_on=date(2027, 3, 16) + timedelta(days=each)) for each in (0, 7)
    )
    data = shown(staff_client, page(first)) | {"place": "Nya salen", "scope": "following"}
    sent = staff_client.get(page(first)).content.decode()

    answer = staff_client.post(page(first), {name: data[name] for name in data if f'name="{name}"' in sent})

    second.refresh_from_db()
    assert (answer.status_code, second.place) == (302, "Nya salen")
