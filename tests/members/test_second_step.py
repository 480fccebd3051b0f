"""A second step from an authenticator app: set up, asked for when signing in, and the codes for when the phone is gone."""

import base64
import hmac
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from creativenorth.mail.models import Mail
from tests.factories import PASSWORD, make_user

SECURITY = "/konto/sakerhet/"
APP, STEP, CODES = f"{SECURITY}app/", f"{SECURITY}kod/", f"{SECURITY}reservkoder/"
pytestmark = pytest.mark.django_db


def code_of(secret):
    """What the app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), int(time.time() // 30).to_bytes(8), "sha1")
    place = digest[-1] & 15
    return f"{int.from_bytes(digest[place : place + 4]) % 2**31 % 10**6:06}"


def signing_in(person):
    """A new browser after the password, and where it was sent."""
    client = Client()
    answer = client.post("/konto/logga-in/", {"login": person.email, "password": PASSWORD})
    return client, answer.url


def confirm(client):
    """Say once more who one is, which changing how one signs in asks for."""
    client.post("/konto/bekrafta-igen/", {"password": PASSWORD, "next": APP})
    return client


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def person():
    return make_user()


@pytest.fixture
def secret(person, django_capture_on_commit_callbacks):
    """The second step is on: the secret that the person's app has taken up."""
    client = confirm(signing_in(person)[0])
    form = client.get(APP).context["form"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(APP, {"code": code_of(form.secret)})
    assert answer.url == CODES
    return form.secret


def test_setting_it_up_wants_the_code_that_the_app_shows(person):
    client = confirm(signing_in(person)[0])
    page = client.get(APP)

    wrong = client.post(APP, {"code": "000000"})

    assert (page.context["form"].secret in page.content.decode(), wrong.status_code) == (True, 422)
    assert "Koden stämmer inte. Försök igen." in wrong.content.decode()
    assert not Authenticator.objects.exists()


def test_setting_it_up_is_told_by_mail_and_gives_codes_for_the_day_without_phone(person, secret):
    subjects = [mail.subject for mail in Mail.objects.order_by("pk")]

    kinds = sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))

    assert kinds == ["recovery_codes", "totp"]
    assert subjects == ["Det andra steget slogs på"]


def test_signing_in_asks_for_the_code_of_the_app(person, secret):
    client, asked = signing_in(person)
    before = is_in(client)

    wrong = client.post(STEP, {"code": "000000"})
    with time_machine.travel(time.time() + 60):
        right = client.post(STEP, {"code": code_of(secret)})

    assert (asked, before) == (STEP, False)
    assert (wrong.status_code, right.status_code, right.url) == (422, 302, "/min-sida/")
    assert is_in(client)


def test_recovery_code_opens_once(person, secret):
    code = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()[0]
    (first, _), (second, _) = signing_in(person), signing_in(person)

    answers = [client.post(STEP, {"code": code}).status_code for client in (first, second)]

    assert (answers, is_in(first), is_in(second)) == ([302, 422], True, False)
    assert len(confirm(first).get(CODES).context["unused_codes"]) == 9


def test_code_of_the_app_opens_once(person, secret):
    (first, _), (second, _) = signing_in(person), signing_in(person)

    with time_machine.travel(time.time() + 60):
        answers = [client.post(STEP, {"code": code_of(secret)}).status_code for client in (first, second)]

    assert answers == [302, 422]


def test_nobody_guesses_the_code(person, secret):
    client, _asked = signing_in(person)

    for number in range(12):
        answer = client.post(STEP, {"code": f"{number:06}"})

    assert "Fem koder var fel inom fem minuter." in answer.content.decode()
    with time_machine.travel(time.time() + 60):
        assert client.post(STEP, {"code": code_of(secret)}).status_code == 422


def test_switched_off_it_is_asked_for_no_longer_and_the_codes_are_gone(person, secret):
    client, _asked = signing_in(person)
    with time_machine.travel(time.time() + 60):
        client.post(STEP, {"code": code_of(secret)})
        confirm(client).post(f"{APP}ta-bort/")

    assert not Authenticator.objects.filter(user=person).exists()
    assert signing_in(person)[1] == "/min-sida/"


def test_codes_made_earlier_with_a_passkey_are_shown_with_the_app(person):
    client, _page = signing_in(person)
    Authenticator.objects.create(user=person, type="recovery_codes", data={"seed": "f" * 80, "used_mask": 0})

    form = client.get(APP).context["form"]
    answer = client.post(APP, {"code": code_of(form.secret)})

    assert (answer.url, len(client.get(CODES).context["unused_codes"])) == (CODES, 10)
