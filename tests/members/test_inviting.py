"""Inviting colleagues: by whom, to what, how many in a day, and under which names."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from creativenorth.mail.models import Mail
from members.actions.invitations import PER_COMPANY_A_DAY, TooManyInvitations, invite
from members.models import Invitation, User
from tests.factories import make_affiliation, make_company, make_invitation

PAGE = "/mitt-foretag/personer/"
pytestmark = pytest.mark.django_db


def ask(email="ny@bolag.example", **fields):
    idempotency_key = {"idempotency_key": "7a1f9f2c-3d64-4d4e-9d59-0d1b8a6f1c11"}
    return (
        {"email": email, "role": "participant", "target_group": "creator", "language": "sv"} | idempotency_key | fields
    )


def test_owner_invites_to_any_role_and_editor_participants(owner_client, editor_client, company):
    answers = [
        owner_client.post(PAGE, ask(role="owner")),
        editor_client.post(PAGE, ask("annan@bolag.example")),
        editor_client.post(PAGE, ask("tredje@bolag.example", role="owner")),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert set(company.invitations.values_list("email", "role")) == {
        ("ny@bolag.example", "owner"),
        ("annan@bolag.example", "participant"),
    }


def test_participant_invites_nobody(participant_client, company):
    assert participant_client.post(PAGE, ask()).status_code == 403
    assert not company.invitations.exists()


def test_invitation_sent_twice_is_one(owner_client, company):
    answers = [owner_client.post(PAGE, ask()).status_code for _ in range(2)]

    assert (answers, company.invitations.count(), Mail.objects.count()) == ([302, 302], 1, 1)


def test_wrong_address_is_told_beside_it_and_nothing_is_lost(owner_client):
    page = owner_client.post(PAGE, ask("fel", role="editor"))

    assert (page.status_code, page.context["form"]["email"].value(), page.context["form"]["role"].value()) == (
        422,
        "fel",
        "editor",
    )


def test_a_colleague_who_is_in_the_company_is_not_invited(owner_client, company):
    make_affiliation(User.objects.create(email="kollega@bolag.example", name="Kim Kollega"), company, "participant")

    page = owner_client.post(PAGE, ask("Kollega@bolag.example"))

    assert (page.status_code, page.context["form"].errors["email"]) == (422, ["Kim Kollega är redan med i företaget."])
    assert not company.invitations.exists()


def test_a_day_has_so_many_invitations(owner_client, owner, company):
    for number in range(PER_COMPANY_A_DAY):
        invite(by=owner, company=company, email=f"{number}@bolag.example")

    page = owner_client.post(PAGE, ask())

    assert (page.status_code, page.context["form"]["email"].value()) == (429, "ny@bolag.example")
    assert company.invitations.count() == PER_COMPANY_A_DAY


def test_a_person_has_so_many_in_all_companies_and_they_come_back_next_day(owner, company, monkeypatch):
    monkeypatch.setattr("members.actions.invitations.PER_PERSON_A_DAY", 1)
    make_affiliation(owner, other := make_company(), "owner")
    invite(by=owner, company=other, email="a@bolag.example")

    with pytest.raises(TooManyInvitations):
        invite(by=owner, company=company, email="b@bolag.example")
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))

    assert invite(by=owner, company=company, email="b@bolag.example").is_open


def test_open_invitation_is_seen_and_withdrawn(owner_client, company):
    invitation = make_invitation(company)
    path = owner_client.get(PAGE).context["invitations"][0].withdrawal_url

    answers = [owner_client.post(path, {"confirmed": "yes"}).status_code for _ in range(2)]

    assert (answers, company.invitations.open().count()) == ([302, 302], 0)
    assert owner_client.get(f"/inbjudan/{invitation.token}/").status_code == 410


def test_editor_cannot_withdraw_what_it_could_not_send(editor_client, company):
    make_invitation(company, role="owner")
    (invitation,) = editor_client.get(PAGE).context["invitations"]

    answer = editor_client.post(f"{PAGE}inbjudningar/{invitation.uuid}/dra-tillbaka/", {"confirmed": "yes"})

    assert (invitation.withdrawal_url, answer.status_code, invitation.is_open) == ("", 403, True)


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_address_at_once_leave_one_open(company, owner):
    errors = []

    def ask_once():
        try:
            invite(by=owner, company=company, email="ny@bolag.example")
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=ask_once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (errors, company.invitations.open().count(), company.invitations.count()) == ([], 1, 4)


def test_staff_make_a_company_whose_owner_claims_it_by_invitation(staff, client):
    company = make_company("Nytt AB", published=False)
    invite(by=staff, company=company, email="agare@nytt.example", role="owner")
    link = Mail.objects.get().text.split("/inbjudan/")[1].split("/")[0]

    answer = client.post(f"/inbjudan/{link}/", {"name": "Nora Ny"})

    assert answer.url == "/mitt-foretag/?foretag=nytt-ab"
    assert client.get(answer.url).context["can_edit"]


def test_staff_without_the_permission_invite_nobody(host, company):
    with pytest.raises(PermissionDenied):
        invite(by=host, company=company, email="ny@bolag.example", role="owner")


@pytest.mark.parametrize(
    "name", ["se http://ond.example", "www.ond.example", "Anna\nBcc: x", "an\u202ena", "ond.example", "a@b"]
)
def test_name_that_leads_somewhere_is_refused(client, company, name):
    invitation = make_invitation(company)

    assert client.post(f"/inbjudan/{invitation.token}/", {"name": name}).status_code == 422
    assert invitation.is_open


@pytest.mark.parametrize("name", ["J. R. Ek", "Åsa O'Neill-Öst", "Łukasz", "محمد", "Jean d'Arc Jr."])
def test_names_that_people_have_are_fine(client, company, name):
    client.post(f"/inbjudan/{make_invitation(company).token}/", {"name": name})

    assert User.objects.filter(name=name).exists()


def test_corrected_form_is_another_invitation(owner_client, company):
    owner_client.post(PAGE, ask("fel@bolag.example"))
    owner_client.post(PAGE, ask("ratt@bolag.example"))
    owner_client.post(PAGE, ask("ratt@bolag.example", role="editor"))

    assert list(Mail.objects.order_by("pk").values_list("to", flat=True)) == [
        "fel@bolag.example",
        "ratt@bolag.example",
        "ratt@bolag.example",
    ]
    assert set(company.invitations.open().values_list("email", "role")) == {
        ("fel@bolag.example", "participant"),
        ("ratt@bolag.example", "editor"),
    }


def test_form_sent_again_after_the_link_is_withdrawn_sends_a_new_one(owner_client, company):
    owner_client.post(PAGE, ask())
    Invitation.objects.update(revoked_at=timezone.now())

    owner_client.post(PAGE, ask())

    assert (company.invitations.open().count(), Mail.objects.count()) == (1, 2)


def test_day_that_is_full_is_told_to_staff_and_nothing_is_lost(staff_client, company):
    for number in range(PER_COMPANY_A_DAY):
        make_invitation(company, f"{number}@bolag.example")
    asked = {"company": company.pk, "email": "ny@bolag.example", "role": "editor", "language": "sv"}

    form = staff_client.post(reverse("admin:members_invitation_add"), asked).context["adminform"].form

    text = "Oh hej AB har skickat de 20 inbjudningar som ryms på en dag. Fortsätt i morgon, eller skriv till oss."
    assert form.errors == {"company": [text]}
    assert (form["email"].value(), company.invitations.count()) == ("ny@bolag.example", PER_COMPANY_A_DAY)


def test_address_that_is_full_is_told_to_staff_beside_it(staff_client, staff, company):
    for _ in range(4):
        invite(by=staff, company=company, email="ny@bolag.example")
    asked = {"company": company.pk, "email": "ny@bolag.example", "role": "editor", "language": "sv"}

    response = staff_client.post(reverse("admin:members_invitation_add"), asked)

    assert list(response.context["adminform"].form.errors) == ["email"]


def test_sending_anew_says_what_was_sent_and_what_was_not(staff_client, company):
    rows = [make_invitation(company, f"{number}@bolag.example").pk for number in range(PER_COMPANY_A_DAY - 1)]
    asked = {"action": "send_anew", "_selected_action": rows[:2]}

    answer = staff_client.post(reverse("admin:members_invitation_changelist"), asked, follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert (len(said), said[0]) == (2, "1 inbjudan är på väg.")
    assert said[1].startswith("Fler inbjudningar kan inte skickas i dag till dem här: ")
    assert Mail.objects.count() == 1


def test_an_invitation_is_sent_again_once_under_a_double_click(owner_client, company):
    invitation = make_invitation(company, "ny@bolag.example", role="editor", target_group="manager")
    page = f"/mitt-foretag/personer/inbjudningar/{invitation.uuid}/igen/"

    answers = [owner_client.post(page).status_code for _ in range(2)]

    invitation.refresh_from_db()
    sent = company.invitations.open().get()
    assert (answers, invitation.revoked_at is None) == ([302, 302], False)
    assert (sent.email, sent.role, sent.target_group) == ("ny@bolag.example", "editor", "manager")
    assert [mail.subject for mail in Mail.objects.all()] == ["Inbjudan: Oh hej AB i Creative North"]


def test_an_expired_invitation_stands_in_the_list_and_can_be_sent_again(owner_client, company):
    make_invitation(company, "sen@bolag.example", expires_at=timezone.now() - timedelta(days=1))

    page = owner_client.get("/mitt-foretag/personer/").content.decode()

    assert ("Länken har gått ut" in page, "sen@bolag.example" in page, "/igen/" in page) == (True, True, True)


def test_an_editor_sends_no_owners_invitation_again(editor_client, company):
    invitation = make_invitation(company, "chef@bolag.example", role="owner")

    answer = editor_client.post(f"/mitt-foretag/personer/inbjudningar/{invitation.uuid}/igen/")

    assert (answer.status_code, Mail.objects.count()) == (403, 0)
