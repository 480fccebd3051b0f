"""People who share a mailbox: a guest is a name at an address, and nobody takes another's place."""

import pytest
from django.utils import translation

from events.actions.attendance import save_attendance
from events.actions.door.scans import check_in
from events.models import Attendance, GuestSignUp, Registration
from events.pages.guest_confirmation import confirmation_of
from events.pages.my_activities import my_activities
from members.actions.invitations import accept_invitation, invite
from tests.events.seats import make_course, states
from tests.events.test_registration_page import path as place
from tests.events.test_signup import form, link_in_mail, path
from tests.factories import make_registration, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
MAILBOX = "info@ateljen.example"


def sign_up_from(client, course, name, email=MAILBOX, **fields):
    """The confirmed registration that the form's own link opens."""
    client.post(path(course), form(name=name, email=email, **fields))
    link = link_in_mail(email)
    client.post(link)
    return client.get(client.get(link).url).context["registration"]


def test_a_second_name_at_an_address_is_a_second_participant_with_a_link_of_their_own(client):
    course = make_course(5)
    first = sign_up_from(client, course, "Gun Gäst")
    client.post(path(course), form(name="Bo Berg", email=MAILBOX, companions="Cia Dal"))

    asked = client.get(link_in_mail(MAILBOX)).content.decode()
    client.post(link_in_mail(MAILBOX))
    second = client.get(client.get(link_in_mail(MAILBOX)).url)

    assert "Gun Gäst är redan anmäld från den här adressen. Bo Berg blir en egen deltagare" in asked
    assert (second.context["registration"].name, states(course)) == ("Bo Berg", ["confirmed"] * 3)
    assert [row.name for row, _url in second.context["same_mailbox"]] == ["Gun Gäst"]
    assert [row.name for row, _question in second.context["together_with"]] == ["Cia Dal"]
    assert first.party != second.context["registration"].party


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "Eva Ek och Ola Al är redan anmälda från"), ("en", "Eva Ek and Ola Al are signed up from")],
)
def test_two_earlier_guests_are_spoken_of_as_two(client, language, said):
    course = make_course(5)
    sign_up_from(client, course, "Eva Ek")
    sign_up_from(client, course, "Ola Al")
    client.post(path(course), form(name="Bo Berg", email=MAILBOX))

    with translation.override(language):
        note = confirmation_of(GuestSignUp.objects.latest("pk")).notes[0]

    assert note.startswith(said)


def test_cancelling_says_for_whom_and_takes_nobody_elses_seat(client):
    course = make_course(5)
    sign_up_from(client, course, "Gun Gäst")
    second = sign_up_from(client, course, "Bo Berg", companions="Cia Dal")

    asked = client.post(f"{place(second)}avboka/")
    client.post(f"{place(second)}avboka/", {"confirmed": "yes"})

    assert asked.context["question"].title == "Avboka för Bo Berg och Cia Dal?"
    assert (asked.context["question"].text, asked.context["question"].yes) == (
        "De 2 platserna avbokas.",
        "Avboka platserna",
    )
    assert states(course) == ["confirmed", "cancelled", "cancelled"]


def test_one_companion_is_cancelled_alone_and_nobody_elses(client):
    course = make_course(5)
    lead = sign_up_from(client, course, "Gun Gäst", companions="Bo Berg\nCia Dal")
    other = sign_up_from(client, course, "Dan Ek", email="dan@annan.example", companions="Eva Fors")
    rows = {row.name: row for row in Registration.objects.all()}
    address = f"{place(lead)}avboka/"

    answers = [
        client.post(address, {"companion": rows[name].uuid, "confirmed": "yes"}).status_code
        for name in ("Cia Dal", "Eva Fors", "Dan Ek")
    ]

    assert (answers, other.state) == ([302, 404, 404], "confirmed")
    assert states(course) == ["confirmed", "confirmed", "cancelled", "confirmed", "confirmed"]


def test_the_same_form_with_another_name_in_it_is_another_sign_up(client):
    course, data = make_course(5), form(name="Gun Gäst", email=MAILBOX)
    for name in ("Gun Gäst", "Gun Gäst", "Bo Berg"):
        client.post(path(course), data | {"name": name})
        client.post(link_in_mail(MAILBOX))

    assert list(Registration.objects.order_by("pk").values_list("guest_name", flat=True)) == ["Gun Gäst", "Bo Berg"]


@pytest.mark.parametrize("again", ["gun  gäst", "GUN GÄST", "Gun Ga\u0308st"])
def test_the_same_name_once_more_is_the_same_person_and_new_companions_come_too(client, again):
    course = make_course(5)
    first = sign_up_from(client, course, "Gun Gäst", companions="Bo Berg")

    same = sign_up_from(client, course, again, companions="bo berg\nCia Dal")

    rows = list(Registration.objects.order_by("pk").values_list("guest_name", "email"))
    assert same == first
    assert rows == [("Gun Gäst", MAILBOX), ("Bo Berg", ""), ("Cia Dal", MAILBOX)]


def test_an_assistants_name_does_not_sign_up_the_holder_of_the_account(client):
    boss, course = make_user("chef@bolaget.example", name="Chefen Själv"), make_course(5)

    assistant = sign_up_from(client, course, "Assar Assistent", email=boss.email)
    own = sign_up_from(client, course, "chefen själv", email=boss.email)

    page = signed_in(boss).get(path(course)).context["box"]
    assert [(row.user, row.name) for row in (assistant, own)] == [(None, "Assar Assistent"), (boss, "Chefen Själv")]
    assert (page.registration, page.colleagues) == (own, [assistant])
    assert [(row.for_whom, row.state) for row in my_activities(boss)] == [
        ("Assar Assistent", "confirmed"),
        ("", "confirmed"),
    ]


def test_those_who_share_a_mailbox_are_each_there(staff, session, course):
    first, second = (make_registration(course, guest_name=name, email=MAILBOX) for name in ("Gun", "Bo"))

    save_attendance(session, by=staff, shown={}, here={first.pk: None})
    check_in(second, session=session, by=staff)

    assert Attendance.objects.count() == 2
    assert list(Registration.objects.absent_from(session)) == []


def test_what_another_did_from_a_mailbox_stays_theirs_when_its_reader_gets_an_account(client, owner, company):
    course = make_course(5)
    other, own = sign_up_from(client, course, "Bo Berg"), sign_up_from(client, course, "Gun Gäst")
    user = accept_invitation(invitation=invite(by=owner, company=company, email=MAILBOX), name="Gun Gäst")

    rows = Registration.objects.order_by("pk").values_list("pk", "user")
    assert list(rows) == [(other.pk, None), (own.pk, user.pk)]
