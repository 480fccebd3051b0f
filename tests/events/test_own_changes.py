"""Changing one's own registration: answers and requirements until food is ordered, the name always, site or online."""

from datetime import timedelta

import pytest

from creativenorth.mail.models import Mail
from events.actions.cancellation import BY_LINK, cancel
from events.actions.mails.links import registration_url
from events.actions.own_changes import switch_mode
from events.actions.participants import set_queue_position
from events.actions.seats import settle_activity
from events.actions.signup import Details
from events.models import Answer, Registration, Requirements
from events.pages.queue_position import queue_position
from tests.events.seats import faults, join, join_together, make_course, states

pytestmark = pytest.mark.django_db


def path(registration, page=""):
    return registration_url(registration).removeprefix("http://localhost:8000") + page


@pytest.fixture
def asked():
    """An activity that asks about food and has a question that must be answered."""
    course = make_course(5, asks_diet=True, asks_access=True)
    course.question = course.questions.create(text_sv="Ditt mål?", is_required=True)
    return course


def test_answers_requirements_and_name_are_changed_by_the_link(client, asked):
    details = Details(answers={asked.question.pk: "Lära"}, diet=["vegan"])
    row = join(asked, details=details)
    field = f"question_{asked.question.pk}"

    form = client.get(path(row, "uppgifter/")).context["form"]
    answer = client.post(path(row, "uppgifter/"), {field: "Träffa folk", "access": "step_free", "shown_to": "everyone"})

    assert (form.initial[field], form.initial["diet"], answer.url) == ("Lära", ["vegan"], path(row))
    row.refresh_from_db()
    assert (row.shown_to, row.requirements.diet, row.requirements.access) == ("everyone", [], ["step_free"])
    events = Answer.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", "text")
    assert list(events) == [("insert", "Lära"), ("update", "Träffa folk")]


def test_requirements_and_answers_are_taken_away_again(client, asked):
    voluntary = asked.questions.create(text_sv="Något mer?")
    row = join(asked, details=Details(answers={asked.question.pk: "A", voluntary.pk: "B"}, diet=["nuts"]))

    client.post(path(row, "uppgifter/"), {f"question_{asked.question.pk}": "A", "shown_to": "nobody"})

    assert list(row.answers.values_list("text", flat=True)) == ["A"]
    assert Requirements.objects.count() == 0


def test_a_form_with_a_mistake_comes_back_whole(client, asked):
    row = join(asked, details=Details(answers={asked.question.pk: "Lära"}))

    page = client.post(path(row, "uppgifter/"), {"diet": "vegan", "shown_to": "everyone"})

    assert (page.status_code, list(page.context["form"].errors)) == (422, [f"question_{asked.question.pk}"])
    assert page.context["form"]["diet"].value() == ["vegan"]
    assert row.answers.get().text == "Lära"


def test_when_the_food_is_ordered_only_the_name_is_still_ones_own(client):
    course = make_course(5, starts_in=timedelta(hours=20), details_hours=24, asks_diet=True)
    row = join(course, details=Details(diet=["vegan"]))

    page = client.get(path(row, "uppgifter/"))
    client.post(path(row, "uppgifter/"), {"diet": "pork", "shown_to": "participants"})

    row.refresh_from_db()
    assert list(page.context["form"].fields) == ["shown_to"]
    assert (row.requirements.diet, row.shown_to) == (["vegan"], "participants")


def test_a_registration_that_has_ended_has_nothing_to_change(client, asked):
    row = join(asked, details=Details(answers={asked.question.pk: "Lära"}))
    cancel(row, by=BY_LINK)

    assert client.get(path(row, "uppgifter/")).status_code == 404
    assert client.post(path(row, "uppgifter/"), {"shown_to": "everyone"}).status_code == 404


@pytest.fixture
def hybrid():
    """One seat on site and one online, both taken, with one who waits for the seat on site."""
    course = make_course(1, mode="hybrid", online_capacity=1)
    return course, join(course), join(course, mode="online"), join(course)


def test_where_there_is_a_seat_one_changes_at_once_and_the_old_seat_goes_on(client):
    course = make_course(1, mode="hybrid", online_capacity=1)
    row, waiting = join(course), join(course)
    Mail.objects.all().delete()

    for _ in range(2):
        client.post(path(row, "deltagande/"), {"mode": "online"})

    row.refresh_from_db()
    assert (row.mode, row.state, row.cause, faults(course)) == ("online", "confirmed", "switched", [])
    assert states(course) == ["confirmed", "offered"]
    assert list(Mail.objects.order_by("pk").values_list("to", flat=True)) == [row.address, waiting.address]
    assert "SEQUENCE" in Mail.objects.get(to=row.address).calendar


def test_where_it_is_full_one_waits_and_keeps_the_seat_meanwhile(client, hybrid):
    course, site, online, _waiting = hybrid

    client.post(path(site, "deltagande/"), {"mode": "online"})

    site.refresh_from_db()
    assert (site.mode, site.state, site.wished_mode) == ("on_site", "confirmed", "online")
    assert queue_position(site).number == 1
    page = client.get(path(site)).content.decode()
    assert "Du behåller din plats och väntar på en online: du är nummer 1 av 1." in page
    cancel(online, by=BY_LINK)
    site.refresh_from_db()
    assert (site.mode, site.state, site.wished_mode) == ("online", "confirmed", "")
    assert (states(course), faults(course)) == (["confirmed", "cancelled", "offered"], [])


def test_the_wish_is_dropped_by_keeping_the_seat_or_leaving(hybrid):
    course, site, online, _waiting = hybrid
    switch_mode(site, by=BY_LINK, mode="online")
    switch_mode(site, by=BY_LINK, mode="on_site")
    assert list(Registration.objects.switching()) == []
    switch_mode(site, by=BY_LINK, mode="online")

    cancel(site, by=BY_LINK)
    cancel(online, by=BY_LINK)

    assert list(Registration.objects.switching()) == []
    assert (states(course), faults(course)) == (["cancelled", "cancelled", "offered"], [])


def test_who_would_change_stands_in_line_with_those_who_wait(staff, hybrid):
    course, site, online, _waiting = hybrid
    first = join(course, mode="online")
    site = switch_mode(site, by=BY_LINK, mode="online")
    assert [queue_position(row).number for row in (first, site)] == [1, 2]

    set_queue_position(site, by=staff, queue_position=1, reason="Sjuk")
    cancel(online, by=BY_LINK)

    assert (Registration.objects.get(pk=site.pk).mode, faults(course)) == ("online", [])
    assert [row.state for row in Registration.objects.filter(pk=first.pk)] == ["waiting"]


def test_who_waits_takes_a_free_seat_the_other_way_with_the_party(client):
    course = make_course(1, mode="hybrid", online_capacity=2)
    join(course)
    pair = join_together(course, 2)
    full = join(course)

    client.post(path(pair[0], "deltagande/"), {"mode": "online"})
    refused = client.post(path(full, "deltagande/"), {"mode": "online"})

    found = Registration.objects.filter(party=pair[0].party).values_list("mode", "state")
    assert list(found) == [("online", "confirmed")] * 2
    assert (refused.status_code, Registration.objects.get(pk=full.pk).state) == (422, "waiting")


def test_a_company_at_its_limit_changes_the_mode_of_its_seat(company, participant):
    course = make_course(1, mode="hybrid", online_capacity=1, company_limit=1)
    row = join(course, participant)

    assert switch_mode(row, by=participant, mode="online").mode == "online"
    settle_activity(course)
    assert faults(course) == []


@pytest.mark.parametrize("mode", ["online", "", "x"])
def test_there_is_nothing_to_change_to_on_site_alone(client, mode):
    row = join(make_course(2))

    assert client.post(path(row, "deltagande/"), {"mode": mode}).status_code == 422
    assert Registration.objects.get(pk=row.pk).mode == "on_site"


def test_two_tabs_keep_what_each_has_changed(client, asked):
    row = join(asked, details=Details(answers={asked.question.pk: "Lära"}))
    page, field = path(row, "uppgifter/"), f"question_{asked.question.pk}"
    shown = {f"initial-{field}": "Lära", "initial-shown_to": "nobody", field: "Lära", "shown_to": "nobody"}
    client.post(page, shown | {field: "Träffa folk", "diet": "vegan"})

    kept = client.post(page, shown | {"shown_to": "everyone"})
    refused = client.post(page, shown | {field: "Något annat"})

    row.refresh_from_db()
    assert (kept.status_code, refused.status_code, row.shown_to) == (302, 409, "everyone")
    assert (row.answers.get().text, row.requirements.diet) == ("Träffa folk", ["vegan"])
