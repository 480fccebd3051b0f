"""Passkeys and second steps, as far as they show without a device; the device itself is in tests/browser."""

from time import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import reverse

from creativenorth.mail.models import Mail
from members.actions.accounts import note_counter
from tests.factories import PASSWORD, make_user
from tests.roles import signed_in

LOGIN = "/konto/logga-in/"
OFFER = "/konto/sakerhet/nycklar/forslag/"
pytestmark = pytest.mark.django_db


def sign_in(client, person, **fields):
    return client.post(LOGIN, {"login": person.email, "password": PASSWORD} | fields)


def give(person, kind):
    data = {"name": "Mobilen", "credential": {}, "seed": "x", "migrated_codes": [], "used_mask": 0}
    return Authenticator.objects.create(user=person, type=kind, data=data)


def test_passkey_is_offered_after_the_first_sign_in_alone(client):
    person = make_user(passkey_offered_at=None)

    first = sign_in(client, person)
    page = client.get(first.url).content.decode()
    client.post("/konto/logga-ut/")
    second = sign_in(client, person)

    assert (first.url, second.url) == (OFFER, "/min-sida/")
    assert [text in page for text in ("Lägg till en nyckel", 'href="/min-sida/">Inte nu')] == [True, True]


def test_offer_does_not_stand_in_the_way_of_where_one_was_going(client):
    person = make_user(passkey_offered_at=None)

    assert sign_in(client, person, next="/mitt-foretag/").url == "/mitt-foretag/"
    client.post("/konto/logga-ut/")
    assert sign_in(client, person).url == OFFER


def test_who_has_a_passkey_is_offered_none(client):
    person = make_user(passkey_offered_at=None)
    give(person, "webauthn")

    assert sign_in(client, person).url == "/min-sida/"


def test_passkey_of_staff_is_a_second_step_and_of_a_member_a_shorter_way(client):
    staff, member = make_user(is_staff=True), make_user()
    give(staff, "webauthn")
    give(member, "webauthn")

    answers = [sign_in(client, staff).url]
    client.cookies.clear()
    answers.append(sign_in(client, member).url)

    assert answers == ["/konto/sakerhet/kod/", "/min-sida/"]


@pytest.mark.parametrize(("kind", "opens"), [("recovery_codes", False), ("totp", True), ("webauthn", True)])
def test_second_step_that_opens_the_admin(staff, settings, kind, opens):
    settings.STAFF_SECOND_FACTOR = True
    give(staff, kind)

    response = signed_in(staff).get("/admin/", follow=True)

    assert (response.redirect_chain == []) is opens


def test_passkeys_of_others_are_not_found(client):
    mine = make_user(password=None)
    theirs = give(make_user(), "webauthn")
    client.force_login(mine)

    names = ("mfa_remove_webauthn", "mfa_edit_webauthn")
    answers = [
        getattr(client, method)(reverse(name, args=[theirs.pk])).status_code
        for name in names
        for method in ("get", "post")
    ]

    assert answers == [404] * 4
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def reauthenticated(person):
    """A client of somebody who has just shown once more who they are."""
    client = signed_in(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def test_own_passkeys_are_listed_renamed_and_removed_with_a_mail():
    person = make_user(password=None)
    passkey = give(person, "webauthn")
    client = reauthenticated(person)

    client.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": "Jobbdatorn"})
    page = client.get("/konto/sakerhet/nycklar/").content.decode()
    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert "Jobbdatorn" in page
    assert not Authenticator.objects.exists()
    assert Mail.objects.get().subject == "En nyckel togs bort"


def test_nonsense_instead_of_a_passkey_is_refused_kindly(client):
    for credential in ("", "x", "{}", '{"id": "AA"}', "[1]"):
        response = client.post("/konto/logga-in/nyckel/", {"credential": credential})
        assert (credential, response.status_code, response.url) == (credential, 302, LOGIN)


def test_who_came_by_a_link_finds_the_offer_on_the_own_page_until_it_is_answered():
    client = signed_in(make_user(passkey_offered_at=None))
    before = client.get("/min-sida/").content.decode()

    answer = client.post(OFFER)

    after = client.get("/min-sida/").content.decode()
    assert (answer.url, "Logga in utan kod nästa gång" in before, "Logga in utan kod nästa gång" in after) == (
        "/min-sida/",
        True,
        False,
    )


@pytest.mark.parametrize("fields", [{"password": PASSWORD}, {}], ids=["password", "code"])
def test_who_has_just_signed_in_is_not_asked_again_who_it_is(client, fields):
    person = make_user()
    if fields:
        sign_in(client, person)
    else:
        client.post("/konto/logga-in/kod/", {"email": person.email})
        client.post("/konto/logga-in/kod/skriv/", {"code": Mail.objects.get().subject.split(" ")[0]})

    answers = [client.get(reverse(name)).status_code for name in ("mfa_add_webauthn", "mfa_activate_totp")]
    with time_machine.travel(time() + 11 * 60):
        later = client.get(reverse("mfa_add_webauthn"))

    assert (answers, later.url.partition("?")[0]) == ([200, 200], "/konto/bekrafta-igen/")


def test_a_copied_passkey_is_refused_and_its_owner_told_once():
    person = make_user()
    passkey = give(person, "webauthn")
    Authenticator.objects.filter(pk=passkey.pk).update(data=passkey.data | {"counter": 7})

    answers = [note_counter(passkey, counter) for counter in (8, 8, 3, 9)]

    assert answers == [True, False, False, True]
    assert Mail.objects.get(to=person.email).subject == "En av dina nycklar verkar ha kopierats"
    assert Authenticator.objects.get(pk=passkey.pk).data["counter"] == 9


def test_passkeys_that_count_nothing_are_let_in():
    passkey = give(make_user(), "webauthn")
    Authenticator.objects.filter(pk=passkey.pk).update(data=passkey.data | {"counter": 0})

    assert [note_counter(passkey, 0) for _ in range(2)] == [True, True]
