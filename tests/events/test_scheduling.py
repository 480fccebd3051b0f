"""Publishing at a time, copies, and the look at what is not saved."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.models import Activity
from tests.events.activity_form import LIST, address, change_data, form_data
from tests.events.seats import join
from tests.factories import make_activity, make_registration
from tests.markup import tight

pytestmark = pytest.mark.django_db
LATER = "2026-12-01T08:00"


@pytest.fixture
def november():
    with time_machine.travel("2026-11-24 12:00:00+01:00", tick=False):
        yield


@pytest.fixture
def scheduled(november, staff_client):
    staff_client.post(f"{LIST}add/", form_data(_publish="1", publish_at=LATER))
    return Activity.objects.get()


def test_list_says_when_it_becomes_public(staff_client, scheduled):
    listed = staff_client.get(f"{LIST}?state=scheduled")

    assert "Publiceras tis 1 december kl. 08.00, v. 49" in listed.content.decode()
    assert (scheduled.is_public, scheduled.is_draft, scheduled.is_scheduled) == (False, False, True)


def test_it_is_there_at_its_minute_also_where_the_list_was_kept(client, scheduled):
    with time_machine.travel("2026-12-01 07:59:59+01:00", tick=False):
        before = [client.get(url).status_code for url in (scheduled.url, scheduled.url)]
        listed = scheduled.title_sv in client.get("/aktiviteter/").content.decode()
    with time_machine.travel("2026-12-01 08:00:00+01:00", tick=False):
        after = [
            client.get(scheduled.url).status_code,
            scheduled.title_sv in client.get("/aktiviteter/").content.decode(),
        ]

    assert (before, listed, after) == ([404, 404], False, [200, True])


def test_nobody_gets_a_seat_before(scheduled, staff_client):
    page = staff_client.get(scheduled.url)

    assert page.context["box"].reason == "nobody"
    assert staff_client.post(f"{scheduled.url}anmalan/", {}).status_code == 422
    with pytest.raises(Exception, match="ingen anmälan"):
        join(scheduled)


def test_time_is_changed_and_the_draft_comes_back(scheduled, staff_client):
    staff_client.post(address(scheduled, "change"), change_data(scheduled, publish_at="2026-12-02T09:30", _save="1"))
    scheduled.refresh_from_db()
    moved_to = timezone.localtime(scheduled.published_at)
    staff_client.post(address(scheduled, "withdrawal"))

    assert f"{moved_to:%m-%d %H:%M}" == "12-02 09:30"
    assert Activity.objects.get().is_draft


@pytest.mark.parametrize("at", ["2026-11-24T11:00", "2027-03-28T02:30", "snart"])
def test_a_time_that_is_over_or_does_not_exist_is_refused(november, staff_client, at):
    refused = staff_client.post(f"{LIST}add/", form_data(_publish="1", publish_at=at))

    assert list(refused.context["adminform"].form.errors) == ["publish_at"]
    assert Activity.objects.count() == 0


def test_publishing_without_a_date_keeps_the_form(staff_client):
    refused = staff_client.post(f"{LIST}add/", form_data(_publish="1", **{"sessions-0-day": ""}))

    errors = refused.context["dates"].formset
    assert (refused.status_code, Activity.objects.count()) == (200, 0)
    assert errors.total_error_count() > 0


def test_copy_is_a_draft_without_date_sign_ups_or_history(staff_client):
    original = make_activity("Fika", capacity=5, slug="fika")
    original.questions.create(text_sv="Kaffe eller te?")
    make_registration(original)

    answers = [staff_client.post(address(original, "copying")) for _ in range(2)]

    copy = Activity.objects.exclude(pk=original.pk).get()
    assert {answer.url for answer in answers} == {address(copy, "change")}
    assert (copy.slug, copy.title_sv, copy.capacity, copy.is_draft) == ("fika-2", "Fika", 5, True)
    assert (copy.sessions.count(), copy.registrations.count(), copy.questions.get().text_sv) == (
        0,
        0,
        "Kaffe eller te?",
    )


def test_copy_opens_with_its_dates_in_focus(staff_client):
    copy = make_activity(published=False, sessions=0)

    lines = staff_client.get(address(copy, "change")).context["dates"].formset.forms

    assert [form.fields["day"].widget.attrs["autofocus"] for form in lines] == [True]


def test_new_activity_begins_as_the_last_one(staff_client):
    make_activity(capacity=12, mode="hybrid", audience="members", target_groups=["creator"])

    initial = staff_client.get(f"{LIST}add/").context["adminform"].form.initial

    assert (initial["capacity"], initial["mode"], initial["audience"]) == (12, "hybrid", "members")
    assert (initial["place"], initial["target_groups"]) == ("Acusticum", ["creator"])


@pytest.mark.parametrize(("language", "words"), [("sv", "När"), ("en", "When")])
def test_preview_shows_what_is_not_saved_and_saves_nothing(staff_client, language, words):
    page = staff_client.post(f"{LIST}preview/?in={language}", form_data(title_sv="Bara en tanke"))

    text = page.content.decode()
    assert (page.status_code, page["Content-Language"], Activity.objects.count()) == (200, language, 0)
    assert ("Bara en tanke" in text, f">{words}</h2>" in tight(text), "noindex" in text) == (True, True, False)


def test_preview_of_a_change_shows_the_new_day_and_keeps_the_old(staff_client):
    activity = make_activity()
    hours = {"sessions-0-begins": "13:00", "sessions-0-ends": "15:00"}
    data = change_data(activity, title_sv="Nytt namn", **{"sessions-0-day": "2027-05-04"}, **hours)

    page = staff_client.post(address(activity, "preview"), data)

    assert [line.date_text for line in page.context["lines"]] == ["tis 4 maj 2027"]
    assert Activity.objects.get().title_sv == activity.title_sv


def test_preview_of_a_wrong_form_says_what_is_wrong(staff_client):
    page = staff_client.post(f"{LIST}preview/", form_data(title_sv="", **{"sessions-0-ends": "12:00"}))

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"title_sv", "__all__"}


def test_days_are_said_in_words_as_they_are_chosen(staff_client):
    days = {"sessions-0-day": "2027-03-26", "sessions-1-day": "fel", "sessions-__prefix__-day": "2027-01-01"}

    page = staff_client.get(f"{LIST}days/", days, headers={"HX-Request": "true"})

    assert page.context["days"] == [
        {"id": "sessions-0-words", "text": "fre 26 mars 2027, v. 12 · Långfredagen"},
        {"id": "sessions-1-words", "text": ""},
    ]


def test_a_saved_day_has_its_words_without_javascript(staff_client):
    activity = make_activity(sessions=0)
    start = timezone.make_aware(timezone.datetime(2027, 6, 25, 10))
    activity.sessions.create(starts_at=start, ends_at=start + timedelta(hours=1))

    page = staff_client.get(address(activity, "change")).content.decode()

    assert "fre 25 juni 2027, v. 25 · Midsommarafton" in page


def test_form_sections_say_what_they_hold_and_open_where_something_is_wrong(staff_client):
    activity = make_activity(title_en="")
    activity.questions.create(text_sv="Kaffe eller te?")

    sections = staff_client.get(address(activity, "change")).context["form_sections"]
    wrong = staff_client.post(address(activity, "change"), change_data(activity, offer_hours="0")).context[
        "form_sections"
    ]

    assert [sections[number].summary for number in (2, -3, -2)] == ["saknas: titel", "1", "inga"]
    assert [number for number, section in enumerate(wrong) if section.is_open] == [6]
