"""What guests and outsiders read before and after they sign up: the queue, for whom, how long, and nothing needless."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from creativenorth.mail.models import Mail
from creativenorth.text.plain_names import company_name
from events.actions.mails.steps import mail_new_state
from events.models import Invitee, Registration
from tests.events.seats import join, join_together, make_course
from tests.events.test_signup import GUEST, form, link_in_mail, path
from tests.factories import make_registration, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_guest_at_a_full_activity_reads_of_the_queue_in_mail_page_and_button(client):
    course = make_course(1)
    join(course)
    client.post(path(course), form(**GUEST))
    link = link_in_mail("gun@utanfor.example")

    asked = client.get(link)
    after = client.get(client.post(link).url)

    assert "Just nu är alla platser tagna" in Mail.objects.get(to="gun@utanfor.example", text__contains=link).text
    assert asked.context["confirmation"].button == "Ja, ställ mig i kön"
    assert asked.context["confirmation"].notes[0].startswith("Just nu är alla platser tagna, så du ställs i kön.")
    assert after.context["queue_position"].text == "Du är nummer 1 av 1 i kön."


def test_reading_what_will_be_confirmed_writes_nothing(client):
    client.post(path(make_course(1)), form(**GUEST, company_name="Nytt AB"))

    page = client.get(link_in_mail("gun@utanfor.example"))

    assert (page.context["confirmation"].names, page.context["confirmation"].notes) == ("Gun Gäst", [])
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    "fields", [{"starts_in": timedelta(hours=8)}, {"signup_closes_at": timezone.now() + timedelta(hours=8)}]
)
def test_the_link_ends_when_nobody_can_sign_up_any_more_and_says_so(client, fields):
    course = make_course(2, **fields)
    client.post(path(course), form(**GUEST))
    link = link_in_mail("gun@utanfor.example")

    with time_machine.travel(timezone.now() + timedelta(hours=9)):
        page = client.get(link)

    assert page.status_code == 410
    assert page.context["confirmation"].closed in ("Aktiviteten har börjat.", "Anmälan är stängd.")


def test_the_page_after_shows_the_address_and_the_number_is_asked_where_it_is_needed(client):
    plain, counted = make_course(2), make_course(2, asks_organisation_number=True)

    sent = client.post(path(plain), form(**GUEST), follow=True)

    again = client.get(sent.request["PATH_INFO"])
    assert ["adressen gun@utanfor.example" in text_of(page) for page in (sent, again)] == [True, True]
    asked = ["organisation_number" in client.get(path(each)).context["form"].fields for each in (plain, counted)]
    assert asked == [False, True]


def test_a_program_that_fills_in_the_trap_reads_the_same_page_as_a_guest(client):
    caught = client.post(path(make_course(2)), form(**GUEST | {"subject_line": "Win"}), follow=True)

    assert "adressen gun@utanfor.example" in text_of(caught)
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("audience", ["members", "target_group", "members_invited"])
def test_who_may_not_sign_up_reads_for_whom_it_is_and_how_to_become_one_before_the_click(client, audience):
    course = make_course(2, audience=audience, target_groups=["creator"] if audience == "target_group" else [])
    outsider = signed_in(make_user())

    pages = [each.get(f"/aktiviteter/{course.slug}/") for each in (client, outsider)]

    assert [page.context["box"].is_for_others for page in pages] == [audience != "members_invited", True]
    assert ["Så blir ditt företag medlem" in text_of(page) for page in pages] == [audience != "members_invited", True]
    assert ["medlemsföretag" in text_of(page) for page in pages] == [True, True]


@pytest.mark.parametrize(
    ("audience", "who"), [("members_invited", "med i ett medlemsföretag eller är inbjuden"), ("invited", "inbjuden")]
)
def test_whose_account_is_not_invited_reads_how_to_sign_up_with_the_address_that_is(audience, who):
    course = make_course(2, audience=audience)

    box = signed_in(make_user()).get(path(course)).context["box"]

    invited = "Är du inbjuden på en annan adress? Logga ut och anmäl dig med den."
    assert box.text == f"Bara den som är {who} kan anmäla sig. {invited}"


def test_members_and_invited_guests_sign_up_and_nobody_else(client, participant_client):
    course = make_course(5, audience="members_invited")
    Invitee.objects.create(activity=course, email="gun@utanfor.example")

    participant_client.post(path(course), form(who="me"))
    for email in ("gun@utanfor.example", "okand@utanfor.example"):
        client.post(path(course), form(**GUEST | {"email": email}))
    client.post(link_in_mail("gun@utanfor.example"))

    assert Registration.objects.count() == 2
    assert Mail.objects.filter(to="okand@utanfor.example").count() == 0


def test_success_comes_first_and_the_note_on_colleagues_is_a_sentence_after_it(
    participant_client, participant, company, editor
):
    course = make_course(5)
    for colleague in company.affiliations.exclude(user=participant):
        join(course, colleague.user)

    page = participant_client.post(path(course), form(who="me"), follow=True)

    shown = [(message.level_tag, str(message).split(":")[0]) for message in page.context["messages"]]
    assert shown == [("success", "Du är anmäld."), ("info", "Bra att veta")]


def test_who_is_entered_after_the_activity_gets_no_welcome():
    row = make_registration(make_course(1, starts_in=-timedelta(days=30)))

    mail_new_state(row, row.activity)

    assert Mail.objects.count() == 0


def test_somebody_waits_only_where_somebody_does(client):
    full, roomy = make_course(1), make_course(5)
    rows = [join(full), join(roomy)]
    before = [Mail.objects.get(to=row.address).text for row in rows]
    join(full)

    asked = [client.get(f"/plats/{row.token}/").context["question"].text for row in rows]

    assert ["väntar på en plats" in text for text in before] == [False, False]
    assert asked == ["Platsen avbokas. Den går till nästa i kön.", "Platsen avbokas."]


def test_a_party_of_three_gives_back_its_seats(client):
    rows = join_together(make_course(5), 3)

    question = client.get(f"/plats/{rows[0].token}/").context["question"]

    assert (question.yes, question.no) == ("Avboka platserna", "Nej, behåll platserna")


@pytest.mark.parametrize(
    "name", ["Booking.com", "Booking.com Sverige AB", "Å/F Konsult", "Mærsk A/S", "AB Åhléns.se", "B.V. Film"]
)
def test_a_guests_company_may_be_called_as_a_web_address(name):
    company_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Gratis spel på casino1.example",
        "https://casino1.example",
        "www.casino1.example",
        "casino1.example/spel",
        "kop@nu.example",
    ],
)
def test_a_guests_company_is_no_advertising(name):
    with pytest.raises(ValidationError):
        company_name(name)
