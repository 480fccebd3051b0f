"""Places that one keeps for others, people of several companies, those on a list, and what has no date yet."""

import pytest
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.models import Invitee, Registration, State
from events.pages.my_activities import my_activities
from tests.events.seats import join, make_course, person
from tests.events.test_signup import GUEST, form, link_in_mail, path
from tests.factories import make_activity, make_affiliation, make_company
from tests.roles import signed_in

pytestmark = pytest.mark.django_db


def back(activity):
    return f"{path(activity)}avbokning/"


def test_an_editor_cancels_for_a_colleague_and_the_next_in_line_is_asked(editor_client, editor, participant):
    course = make_course(1)
    row, waiting = join(course, participant), join(course)
    page = editor_client.get(path(course))
    assert page.context["box"].colleagues == [row]
    assert [key for key, _label in page.context["form"].fields["who"].choices] == ["me"]

    asked = editor_client.post(back(course), {"registration": row.uuid})
    assert asked.context["question"].title == f"Avboka för {participant.name}?"
    data = {"registration": row.uuid, "confirmed": "yes"}
    responses = [editor_client.post(back(course), data) for _ in range(2)]

    row.refresh_from_db()
    waiting.refresh_from_db()
    assert [(each.status_code, each.url) for each in responses] == [(302, path(course))] * 2
    assert (row.state, row.cause, waiting.state) == (State.CANCELLED, "by_colleague", State.OFFERED)
    assert editor_client.get(f"/aktiviteter/{course.slug}/").context["box"].colleagues == []


def test_nobody_cancels_for_those_of_other_companies(participant_client, editor, other_owner):
    course = make_course(3)
    rows = [join(course, editor), join(course, other_owner)]

    answers = [participant_client.post(back(course), {"registration": key}).status_code for key in [rows[0].uuid, ""]]
    answers.append(signed_in(other_owner).post(back(course), {"registration": rows[0].uuid}).status_code)

    assert answers == [404, 404, 404]
    assert participant_client.get(path(course)).context["box"].colleagues == []
    assert set(Registration.objects.values_list("state", flat=True)) == {State.CONFIRMED}


def test_who_has_left_the_company_cancels_none_of_the_registrations_they_made(
    editor_client, editor, participant, company
):
    course = make_course(3)
    row = join(course, participant)
    Registration.objects.update(booked_by=editor)
    editor.affiliations.update(ended_on=timezone.localdate())

    assert editor_client.post(back(course), {"registration": row.uuid}).status_code == 404


def test_a_colleagues_registration_stays_once_the_activity_has_begun(editor_client, participant):
    course = make_course(1)
    row = join(course, participant)
    course.sessions.update(starts_at="2020-01-01T10:00Z", ends_at="2020-01-01T12:00Z")

    response = editor_client.post(back(course), {"registration": row.uuid, "confirmed": "yes"})

    assert (response.status_code, response.context["error"]) == (
        422,
        "Aktiviteten har börjat: skriv till oss i stället.",
    )


def test_who_belongs_to_several_companies_comes_for_the_one_that_may_or_the_chosen(db):
    outside, inside = make_company("Utanför AB", member=False), make_company("Innanför AB")
    who = person(outside)
    make_affiliation(who, inside)
    course, open_to_all = make_course(2, audience="members"), make_course(2)

    signed_in(who).post(path(course), form(who="me"))
    page = signed_in(who).get(path(open_to_all)).context["form"].fields["company"]
    signed_in(who).post(path(open_to_all), form(who="me", company=outside.slug))

    assert [slug for slug, _ in page.choices] == [outside.slug, inside.slug]
    assert [row.company for row in Registration.objects.order_by("pk")] == [inside, outside]


def test_those_on_the_list_sign_up_without_an_account_and_strangers_get_the_same_answer(client):
    course = make_course(2, audience="invited")
    Invitee.objects.create(activity=course, email="gun@utanfor.example")

    answers = [client.post(path(course), form(**GUEST | {"email": each})) for each in (GUEST["email"], "x@y.example")]
    sent = list(Mail.objects.values_list("to", flat=True))
    client.post(link_in_mail("gun@utanfor.example"))

    assert [each.url for each in answers] == [f"{path(course)}skickad/"] * 2
    assert sent == ["gun@utanfor.example"]
    assert [(row.email, row.state) for row in Registration.objects.all()] == [("gun@utanfor.example", "confirmed")]


def test_my_page_shows_a_registration_without_a_date_yet(participant):
    join(make_activity(sessions=0), participant)

    assert [mine.date_text for mine in my_activities(participant)] == ["Datum är inte bestämt än"]


def test_who_signs_up_a_colleague_is_warned_of_the_colleagues_clash_alone(editor_client, editor, participant):
    earlier, course = make_course(5, title="Bilder"), make_course(5)
    join(earlier, participant)
    choices = editor_client.get(path(course)).context["form"].fields["who"].choices
    key = next(key for key, _label in choices if key != "me")

    page = editor_client.post(path(course), form(who=key), follow=True)

    texts = [str(message) for message in page.context["messages"] if message.level_tag == "info"]
    assert texts == [f"{participant.name} är anmäld till ”Bilder” vid samma tid."]
