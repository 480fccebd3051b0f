"""Addresses made of titles: never another page's, and each its own where several take one at the same moment."""

import contextlib
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import path
from django.utils import timezone

from creativenorth.site.models import NewsItem
from creativenorth.text import slugs
from creativenorth.text.slugs import free_slug, reserved_slugs
from events.actions.activity_copies import copy_activity
from events.actions.guests import company_of_guest
from events.actions.series import repeat_activity
from events.models import Activity
from events.recurrence import Rule
from members.actions.pipeline import welcome_company
from members.models import Company
from programmes.models import Programme
from tests.events.activity_form import LIST, form_data
from tests.factories import make_activity, make_enquiry, make_session
from tests.roles import signed_in
from tests.threads import at_once

MODELS = [Activity, Company, Programme, NewsItem]


@pytest.fixture
def all_look_first(monkeypatch):
    """Nobody saves before all have looked which address is free."""
    barrier = Barrier(2)

    def look(*args):
        found = free_slug(*args)
        with contextlib.suppress(BrokenBarrierError):
            barrier.wait(1)
        return found

    monkeypatch.setattr(slugs, "free_slug", look)


def test_reserved_words_are_read_from_the_addresses_in_both_languages():
    found = {model: {word for word in reserved_slugs(model) if "." not in word} for model in MODELS}

    assert found == {Activity: {"kalender", "calendar"}, Company: set(), Programme: set(), NewsItem: set()}


def test_a_new_address_beside_the_pages_is_reserved_by_itself(settings):
    from creativenorth import urls

    urls.urlpatterns.append(path("program/karta/<int:number>/", lambda request, number: None, name="test_map"))
    reserved_slugs.cache_clear()
    try:
        assert reserved_slugs(Programme) == {"karta"}
    finally:
        urls.urlpatterns.pop()
        reserved_slugs.cache_clear()


@pytest.mark.django_db
@pytest.mark.parametrize(("title", "slug"), [("Kalender", "kalender-2"), ("Calendar", "calendar-2"), ("Ljud", "ljud")])
def test_a_title_that_is_another_pages_word_gets_a_number(staff_client, client, title, slug):
    staff_client.post(f"{LIST}add/", form_data(title_sv=title, _publish="1"))

    activity = Activity.objects.get()
    assert (activity.slug, client.get(activity.url).context["activity"]) == (slug, activity)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_a_reserved_word_is_refused_beside_its_field(monkeypatch, model):
    monkeypatch.setattr(slugs, "reserved_slugs", lambda model: {"kalender"})

    with pytest.raises(ValidationError) as refused:
        model(slug="kalender").clean_fields()

    text = "”kalender” är redan adressen till en annan sida. Skriv något annat."
    assert refused.value.message_dict["slug"] == [text]


@pytest.mark.django_db(transaction=True)
def test_two_guests_of_one_new_company_at_once_find_one_row(all_look_first):
    found = at_once(transaction.atomic(company_of_guest), ["Nytt & Eget AB", "nytt & eget ab"])

    assert [each.slug for each in found] == ["nytt-eget-ab"] * 2
    assert Company.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_companies_of_like_names_at_once_get_an_address_each(all_look_first, staff):
    def welcome(enquiry):
        address = f"agare{enquiry.pk}@ny.example"
        return welcome_company(by=staff, enquiry=enquiry, name="Å & Ö", email=address, joined_on=timezone.localdate())

    found = at_once(welcome, [make_enquiry(), make_enquiry()])

    assert {company.slug for company in found} == {"a-o", "a-o-2"}


@pytest.mark.django_db(transaction=True)
def test_copies_of_like_activities_at_once_get_an_address_each(all_look_first, staff):
    activities = [make_activity("Fika", slug=slug) for slug in ("ett", "tva")]

    found = at_once(lambda activity: copy_activity(activity, by=staff), activities)

    assert {each.slug for each in found} == {"fika", "fika-2"}


@pytest.mark.django_db(transaction=True)
def test_series_of_like_activities_at_once_get_an_address_for_each_date(all_look_first, staff):
    activities = [make_activity("Fika", sessions=0, slug=slug) for slug in ("ett", "tva")]
    for activity in activities:
        make_session(activity)
    first = timezone.localdate(activities[0].sessions.get().starts_at)
    days = [first + timedelta(days=7 * number) for number in (1, 2)]

    made = at_once(
        lambda activity: repeat_activity(activity, by=staff, rule=Rule("weekly", first, count=3), days=days), activities
    )

    wanted = {f"fika-{day}{end}" for day in days for end in ("", "-2")}
    assert {each.slug for series in made for each in series} == wanted


@pytest.mark.django_db(transaction=True)
def test_two_forms_at_once_get_an_address_each(staff):
    browsers = [signed_in(staff), signed_in(staff)]

    answers = at_once(lambda browser: browser.post(f"{LIST}add/", form_data()).status_code, browsers)

    assert answers == [302, 302]
    assert set(Activity.objects.values_list("slug", flat=True)) == {"ljud-for-film", "ljud-for-film-2"}
