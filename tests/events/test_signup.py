"""The sign-up pages: members with one click, colleagues, guests by a confirmed address, refusals, and a busy lock."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions import seats
from events.models import Answer, GuestSignUp, Registration, State
from members.actions.invitations import accept_invitation, invite
from members.models import Company
from tests.events.seats import join, make_course, person, states
from tests.factories import make_affiliation, make_company, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
GUEST = {"name": "Gun Gäst", "email": "Gun@Utanfor.example", "shown_to": "nobody"}


def path(activity):
    return f"/aktiviteter/{activity.slug}/anmalan/"


def form(**fields):
    return {"idempotency_key": uuid4(), "shown_to": "nobody"} | fields


def link_in_mail(to, template="bekrafta-anmalan"):
    mail = Mail.objects.filter(to=to, text__contains=f"/{template}/").latest("pk")
    return re.search(rf"http://[^/]+(/{template}/\S+)", mail.text)[1]


def test_a_member_signs_up_with_one_click_from_the_activitys_page(participant_client, participant):
    course = make_course(2)
    box = participant_client.get(f"/aktiviteter/{course.slug}/").context["box"]

    responses = [
        participant_client.post(path(course), {"idempotency_key": box.idempotency_key, "who": "me"}) for _ in range(2)
    ]

    registration = Registration.objects.get()
    assert (registration.user, registration.state) == (participant, State.CONFIRMED)
    assert [response.url for response in responses] == [f"/plats/{registration.token}/"] * 2


def test_a_full_activity_says_join_the_queue_and_does_it_in_one_click(participant_client, client):
    course = make_course(1)
    join(course)

    pages = [each.get(f"/aktiviteter/{course.slug}/") for each in (client, participant_client)]
    response = participant_client.post(
        path(course), {"idempotency_key": pages[1].context["box"].idempotency_key, "who": "me"}
    )

    assert [page.context["box"].button_text for page in pages] == ["Ställ dig i kön"] * 2
    assert participant_client.get(response.url).context["queue_position"].number == 1


def test_an_editor_signs_up_colleagues_who_wait_together(editor_client, editor, participant):
    course = make_course(1)
    fields = editor_client.get(path(course)).context["form"].fields["who"].choices
    keys = [key for key, label in fields]

    editor_client.post(path(course), form(who=keys, together="on"))

    rows = Registration.objects.order_by("number")
    assert [(row.user, row.booked_by, row.state) for row in rows] == [
        (editor, editor, "waiting"),
        (participant, editor, "waiting"),
    ]
    assert len({row.party for row in rows}) == 1


def test_the_form_shows_no_colleague_to_a_participant_and_no_number_of_a_person(participant_client, editor_client):
    course = make_course(1)

    assert "who" not in participant_client.get(path(course)).context["form"].fields
    assert re.findall(r'name="who" value="(me|[0-9a-f]{16})"', editor_client.get(path(course)).content.decode()) != []


def test_questions_needs_and_the_choice_who_sees_the_name_are_kept(participant_client):
    course = make_course(2, asks_diet=True, asks_access=True)
    question = course.questions.create(text_sv="Varför?", is_required=True)
    name = f"question_{question.pk}"

    refused = participant_client.post(path(course), form(diet=["vegan"]))
    participant_client.post(
        path(course), form(diet=["vegan"], access=["step_free"], shown_to="everyone", **{name: "Ja"})
    )

    registration = Registration.objects.get()
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [name])
    assert Answer.objects.get().text == "Ja"
    assert (registration.requirements.diet, registration.requirements.access) == (["vegan"], ["step_free"])
    assert registration.shown_to == "everyone"


def test_a_guest_is_signed_up_once_the_address_is_confirmed(client):
    course = make_course(2, asks_organisation_number=True)
    data = form(**GUEST, company_name="Utanför AB", organisation_number="556016 0680", companions="Följe Ett\n")
    sent = [client.post(path(course), data) for _ in range(2)]
    link = link_in_mail("gun@utanfor.example")
    assert ([each.url for each in sent], Registration.objects.count()) == ([f"{path(course)}skickad/"] * 2, 0)

    client.get(link)
    addresses = {client.post(link).url for _ in range(2)}

    lead, companion = Registration.objects.order_by("number")
    assert (lead.name, lead.email, lead.state, lead.organisation_number) == (
        "Gun Gäst",
        "gun@utanfor.example",
        "confirmed",
        "556016-0680",
    )
    assert (lead.company.name, lead.company.published_at, companion.name) == ("Utanför AB", None, "Följe Ett")
    assert (len(addresses), client.get(link).url, companion.company) == (1, addresses.pop(), lead.company)
    assert Mail.objects.filter(to="gun@utanfor.example").count() == 2


def test_those_who_come_with_a_guest_count_to_the_companys_limit(client):
    course = make_course(5, company_limit=2)

    client.post(path(course), form(**GUEST, company_name="Utanför AB", companions="Ett\nTvå"))
    client.post(link_in_mail("gun@utanfor.example"))

    assert states(course) == ["waiting"] * 3


def test_the_form_says_when_it_is_however_many_the_dates(participant_client, participant, company):
    """And asks as much of the database for six as for two."""
    make_affiliation(make_user(), company)
    asked = []
    participant_client.get(path(make_course(2)))
    for sessions in (2, 6):
        address = path(make_course(2, sessions=sessions))
        with CaptureQueriesContext(connection) as queries:
            page = participant_client.get(address)
        asked.append(len(queries))

    shown = re.findall(r"<time datetime=", page.content.decode())
    assert (asked[0], len(shown), "Alla 6 tillfällen" in page.content.decode()) == (asked[1], 4, True)


def test_a_guests_link_that_is_too_old_signs_nobody_up(client):
    course = make_course(2)
    client.post(path(course), form(**GUEST))
    link = link_in_mail("gun@utanfor.example")

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert [client.get(link).status_code, client.post(link).status_code] == [410, 410]
    assert [client.get(f"{link[:-3]}xx/").status_code, Registration.objects.count()] == [404, 0]


def test_a_guest_cannot_join_somebodys_company_by_typing_its_name(client, company):
    course = make_course(3)
    for email in ("ett@utanfor.example", "tva@utanfor.example"):
        client.post(path(course), form(**GUEST | {"email": email}, company_name=company.name))
        client.post(link_in_mail(email))

    companies = {row.company for row in Registration.objects.all()}
    assert company not in companies
    assert (len(companies), Company.objects.filter(name=company.name).count()) == (1, 2)


def test_what_a_guest_did_is_theirs_with_the_account_that_they_get_later(client, owner, company):
    course = make_course(1)
    client.post(path(course), form(**GUEST))
    client.post(link_in_mail("gun@utanfor.example"))
    invitation = invite(by=owner, company=company, email="gun@utanfor.example")

    user = accept_invitation(invitation=invitation, name="Gun Gäst")

    assert Registration.objects.get().user == user
    assert signed_in(user).get(f"/aktiviteter/{course.slug}/").context["box"].registration.user == user


def test_a_guest_form_is_a_trap_for_programs_and_writes_to_nobody_without_end(client):
    course = make_course(9)
    client.post(path(course), form(**GUEST, subject_line="Köp nu"))
    assert GuestSignUp.objects.count() == 0

    answers = [client.post(path(course), form(**GUEST)).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]
    assert Mail.objects.filter(to="gun@utanfor.example").count() == 5


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"email": "fel"}, "email"),
        ({"name": ""}, "name"),
        ({"organisation_number": "900101-0017"}, "organisation_number"),
        ({"organisation_number": "556529-8791"}, "organisation_number"),
        ({"companions": "a\nb\nc\nd"}, "companions"),
        ({"name": "Gratis spel på casino1.example"}, "name"),
        ({"company_name": "Gratis spel på casino1.example"}, "company_name"),
        ({"companions": "Följe Ett\nGratis spel på casino1.example"}, "companions"),
        ({"companions": "Gun \u202e teG"}, "companions"),
    ],
)
def test_a_guests_form_with_a_mistake_comes_back_whole(client, data, field):
    response = client.post(path(make_course(2, asks_organisation_number=True)), form(**GUEST | data))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"].data["idempotency_key"]


def test_a_busy_lock_gives_the_form_back_and_no_error_page(participant_client, monkeypatch):
    course = make_course(2)

    def busy(activity):
        raise seats.Busy

    monkeypatch.setattr(seats, "lock_activity", busy)
    response = participant_client.post(path(course), form(shown_to="everyone"))

    assert response.status_code == 503
    assert response.context["form"]["shown_to"].value() == "everyone"
    assert "försök igen om en stund" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"audience": "members"}, "Bara den som är med i ett medlemsföretag kan anmäla sig."),
        ({"signup_opens_at": timezone.now() + timedelta(days=1)}, "Anmälan öppnar"),
        ({"signup_closes_at": timezone.now()}, "Anmälan är stängd"),
    ],
)
def test_who_may_not_sign_up_now_reads_why(client, fields, text):
    course = make_course(2, **fields)

    page, answer = client.get(path(course)), client.post(path(course), form(**GUEST))

    assert text in page.content.decode()
    assert (answer.status_code, GuestSignUp.objects.count()) == (422, 0)


def test_a_clash_and_a_company_with_everybody_away_are_warned_of(company, participant_client, participant):
    earlier, course = make_course(5), make_course(5, title="Bilder")
    join(earlier, participant)
    colleague = person(company)
    join(earlier, colleague)

    page = participant_client.get(path(course))

    assert page.context["warnings"] == [
        "Du är anmäld till ”Berätta med ljud” vid samma tid.",
        page.context["warnings"][1],
    ]
    assert "skulle alla på Oh hej AB vara borta" in page.context["warnings"][1]


def test_names_are_shown_to_those_whom_each_has_chosen(client, participant_client, participant):
    course = make_course(9)
    join(course, participant)
    for name, shown_to in (("Alla", "everyone"), ("Deltagare", "participants"), ("Ingen", "nobody")):
        row = join(course, make_user(name=name))
        Registration.objects.filter(pk=row.pk).update(shown_to=shown_to)
    waiting = make_user(name="Väntar")
    Registration.objects.create(activity=course, user=waiting, state="waiting", shown_to="everyone")

    pages = [each.get(f"/aktiviteter/{course.slug}/").context["names"] for each in (client, participant_client)]

    assert pages == [[("Alla", "")], [("Alla", ""), ("Deltagare", "")]]


def test_a_company_that_is_no_member_signs_up_nobody_to_what_is_for_members(client):
    outside = make_company(member=False)
    keeper = make_user()
    make_affiliation(keeper, outside, "owner")

    answer = signed_in(keeper).post(path(make_course(2, audience="members")), form(who="me"))

    assert answer.status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_activity_and_form_ask_as_much_for_few_colleagues_as_for_many(owner_client, company, number):
    course = make_course(20)
    for _ in range(number):
        colleague = make_user()
        make_affiliation(colleague, company, "participant")
        join(course, colleague)

    counts = []
    for page in (course.url, course.url, path(course)):
        with CaptureQueriesContext(connection) as asked:
            owner_client.get(page)
        counts.append(len(asked))

    assert counts[1:] == [13, 17]
