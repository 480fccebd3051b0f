"""Scheduled texts: the old text stays until the time, the new one is saved within a minute, in the writer's name."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from creativenorth.history.entries import entries
from creativenorth.publishing import schedule, scheduled_texts
from creativenorth.publishing.models import ScheduledText
from creativenorth.site.models import PageText
from tests.factories import make_strategy, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
NEW = {"lead_sv": "Nya ord.", "lead_en": "New words."}


@pytest.fixture
def text():
    values = {"lead_sv": "Gamla ord.", "lead_en": "Old words."}
    return PageText.objects.update_or_create(page="news", defaults=values)[0]


def save(client, text, **data):
    return client.post(reverse("admin:creativenorth_pagetext_change", args=[text.pk]), NEW | data)


def words(text):
    text.refresh_from_db()
    return text.lead_sv, text.lead_en


def test_without_a_time_it_shows_at_once(staff_client, text):
    save(staff_client, text, shown_at="")

    assert (words(text), ScheduledText.objects.count()) == (("Nya ord.", "New words."), 0)


def test_with_a_time_the_old_words_stay_until_then(staff_client, staff, text):
    save(staff_client, text, shown_at="2031-05-02T09:30", lead_en="Old words.")
    scheduled = ScheduledText.objects.get()

    schedule.publish_due(scheduled.shown_at - timedelta(seconds=1))
    before = words(text)
    schedule.publish_due(scheduled.shown_at)

    assert (before, words(text)) == (("Gamla ord.", "Old words."), ("Nya ord.", "Old words."))
    assert (scheduled.texts, scheduled.written_by) == ({"lead_sv": "Nya ord."}, staff)
    assert (entries(text)[0].who, ScheduledText.objects.count()) == (str(staff), 0)


def test_what_waits_is_seen_and_called_off(staff_client, text):
    save(staff_client, text, shown_at="2031-05-02T09:30")
    page = staff_client.get(reverse("admin:creativenorth_pagetext_change", args=[text.pk]))
    assert [after for _label, _before, after in page.context["scheduled_changes"]] == ["Nya ord.", "New words."]

    for _twice in range(2):
        staff_client.post(page.context["cancel_url"])

    assert (words(text), ScheduledText.objects.count()) == (("Gamla ord.", "Old words."), 0)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"shown_at": "2020-01-01T10:00"}, "Den tiden har passerat. Lämna tomt för att visa ändringarna genast."),
        (
            {"shown_at": "2031-01-01T10:00", "lead_sv": "Gamla ord.", "lead_en": "Old words."},
            "Ingen text är ändrad, så det finns inget som kan vänta.",
        ),
    ],
)
def test_a_time_that_makes_no_sense_is_refused_beside_the_field(staff_client, text, data, error):
    page = save(staff_client, text, **data)

    assert page.context["adminform"].form.errors["shown_at"] == [error]
    assert ScheduledText.objects.count() == 0


def test_readers_call_nothing_off(groups, text, staff):
    scheduled_texts.schedule(text, {"lead_sv": "Nya ord."}, at=timezone.now() + timedelta(days=1), by=staff)
    reader = signed_in(make_user(is_staff=True, groups=["reader"]))
    answer = reader.post(reverse("admin:creativenorth_pagetext_waiting", args=[text.pk]))

    assert (answer.status_code, ScheduledText.objects.count()) == (403, 1)


def test_a_change_of_what_is_deleted_meanwhile_goes_with_it_and_stops_no_other(text, staff):
    gone = make_strategy(published=False)
    for obj, words_of in ((gone, {"title_sv": "Nytt"}), (text, {"lead_sv": "Nya ord."})):
        scheduled_texts.schedule(obj, words_of, at=timezone.now(), by=staff)
    gone.delete()

    schedule.publish_due(timezone.now())

    assert (words(text)[0], ScheduledText.objects.count()) == ("Nya ord.", 0)


def test_a_change_that_the_database_refuses_stops_no_other(text, staff):
    other = PageText.objects.update_or_create(page="results", defaults={"lead_sv": "Gamla."})[0]
    for obj, lead in ((text, ""), (other, "Nya.")):
        scheduled_texts.schedule(obj, {"lead_sv": lead}, at=timezone.now(), by=staff)

    schedule.publish_due(timezone.now())

    other.refresh_from_db()
    assert (words(text)[0], other.lead_sv, ScheduledText.objects.count()) == ("Gamla ord.", "Nya.", 1)
