import re
from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from creativenorth.mail.models import Mail
from members.actions.invitations import InvitationClosed, accept_invitation, invite
from members.models import Affiliation, Invitation, User
from tests.factories import make_affiliation, make_invitation, make_user
from tests.roles import signed_in


def address(invitation):
    return f"/inbjudan/{invitation.token}/"


def test_invite_mails_a_secret_link_that_shows_whom_and_what(client, company, owner):
    invite(by=owner, company=company, email="Ny@Bolag.example", role="editor")

    mail = Mail.objects.get()
    page = client.get(re.search(r"http://[^/]+(/inbjudan/\S+)", mail.text)[1])

    assert (mail.to, mail.is_secret, mail.language) == ("ny@bolag.example", True, "sv")
    assert [text in page.content.decode() for text in ("ny@bolag.example", "Oh hej AB", "redaktör")] == [True] * 3


def test_invite_again_withdraws_the_earlier(company, owner):
    first = invite(by=owner, company=company, email="ny@bolag.example")
    second = invite(by=owner, company=company, email="ny@bolag.example")

    first.refresh_from_db()
    assert (first.is_open, second.is_open, Mail.objects.count()) == (False, True, 2)


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_editor_invites_participants_alone(company, editor, role):
    with pytest.raises(PermissionDenied):
        invite(by=editor, company=company, email="ny@bolag.example", role=role)

    assert invite(by=editor, company=company, email="ny@bolag.example").role == "participant"


def test_nobody_invites_to_anothers_company(company, other_owner):
    with pytest.raises(PermissionDenied):
        invite(by=other_owner, company=company, email="ny@bolag.example")

    assert (Invitation.objects.count(), Mail.objects.count()) == (0, 0)


def test_accept_makes_an_account_and_signs_in(client, company):
    invitation = make_invitation(company, "ny@bolag.example", role="editor", target_group="creator")

    response = client.post(address(invitation), {"name": "Ny Person", "password": ""})

    person = User.objects.get(email="ny@bolag.example")
    affiliation = Affiliation.objects.get(user=person, company=company)
    assert (response.status_code, response.url) == (302, "/mitt-foretag/?foretag=oh-hej-ab")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.name, person.has_usable_password()) == ("Ny Person", False)
    assert (affiliation.role, affiliation.target_group) == ("editor", "creator")
    assert person.emailaddress_set.get().verified


def test_accept_with_a_weak_password_keeps_what_was_written(client, company):
    invitation = make_invitation(company)

    response = client.post(address(invitation), {"name": "Ny Person", "password": "kort"})

    assert response.status_code == 422
    assert 'value="Ny Person"' in response.content.decode()
    assert Invitation.objects.open().count() == 1


def test_second_use_is_told_that_it_is_used(client, company):
    invitation = make_invitation(company)
    client.post(address(invitation), {"name": "Ny Person"})

    response = Client().post(address(invitation), {"name": "Tjuv"})

    assert response.status_code == 410
    assert "Inbjudan är redan använd" in response.content.decode()
    assert not User.objects.filter(name="Tjuv").exists()


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ({"revoked_at": timezone.now()}, "dragits tillbaka"),
        ({"expires_at": timezone.now() - timedelta(1)}, "för gammal"),
    ],
)
def test_closed_invitation_says_why(client, company, state, text):
    response = client.get(address(make_invitation(company, **state)))

    assert response.status_code == 410
    assert text in response.content.decode()


def test_unknown_link_is_not_found(client, db):
    assert client.get("/inbjudan/pahittad/").status_code == 404


def test_account_that_exists_is_asked_to_sign_in(client, company):
    make_user("ny@bolag.example")
    invitation = make_invitation(company, "ny@bolag.example")

    page = client.get(address(invitation)).content.decode()
    client.post(address(invitation), {"name": "Någon annan"})

    assert f"/konto/logga-in/?next=/inbjudan/{invitation.token}/" in page
    assert Invitation.objects.open().count() == 1


def test_person_signed_in_gets_the_affiliation(other_company, participant):
    invitation = make_invitation(other_company, participant.email, role="owner")

    response = signed_in(participant).post(address(invitation))

    assert response.status_code == 302
    assert participant.affiliations.get(company=other_company).role == "owner"


def test_somebody_else_signed_in_cannot_take_it(company, other_owner):
    invitation = make_invitation(company, "ny@bolag.example")

    response = signed_in(other_owner).post(address(invitation))

    assert "Logga ut" in response.content.decode()
    assert not other_owner.affiliations.filter(company=company).exists()


def test_affiliation_one_has_already_gets_the_higher_role(company, owner):
    make_affiliation(person := make_user("ny@bolag.example"), company, "participant")

    accept_invitation(invitation=make_invitation(company, "ny@bolag.example", role="editor"), user=person)
    accept_invitation(invitation=make_invitation(company, "ny@bolag.example", role="participant"), user=person)

    assert person.affiliations.get().role == "editor"


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_wins(company):
    invitation = make_invitation(company)
    outcomes = []

    def answer(name):
        try:
            outcomes.append(accept_invitation(invitation=invitation, name=name).name)
        except InvitationClosed:
            outcomes.append("closed")
        finally:
            connection.close()

    threads = [Thread(target=answer, args=(name,)) for name in ("Ett", "Två")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert "closed" in outcomes
    assert User.objects.filter(email=invitation.email).count() == 1


def test_account_that_its_owner_closed_opens_again_by_an_invitation(client, company, owner):
    person = make_user("ny@bolag.example", name="Ny")
    User.objects.filter(pk=person.pk).update(is_active=False, erase_on=timezone.localdate() + timedelta(days=900))
    invitation = make_invitation(company, "ny@bolag.example", invited_by=owner)

    response = client.post(address(invitation), {"name": "Ny Person"})

    person.refresh_from_db()
    assert (response.status_code, client.session["_auth_user_id"]) == (302, str(person.pk))
    assert (person.is_active, person.erase_on, person.name) == (True, None, "Ny Person")
    assert person.affiliations.get().company == company


def test_account_that_staff_closed_is_opened_by_staff_alone(client, company, owner, staff):
    User.objects.filter(pk=make_user("ny@bolag.example").pk).update(is_active=False)
    by_owner = make_invitation(company, "ny@bolag.example", invited_by=owner)

    page = client.post(address(by_owner), {"name": "Ny Person"})
    by_owner.delete()
    answer = client.post(address(make_invitation(company, "ny@bolag.example", invited_by=staff)), {"name": "Ny Person"})

    assert (page.context["way"], answer.status_code) == ("closed", 302)
    assert User.objects.get(email="ny@bolag.example").is_active


def test_closed_account_of_staff_is_opened_by_no_invitation(client, company, staff):
    User.objects.filter(pk=make_user("ny@bolag.example", is_staff=True).pk).update(is_active=False)

    page = client.get(address(make_invitation(company, "ny@bolag.example", invited_by=staff)))

    assert page.context["way"] == "closed"
