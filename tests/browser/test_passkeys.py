"""Passkeys, from the first offer to signing in, on a device that Chromium simulates."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from creativenorth.mail.models import Mail
from tests.factories import make_user


@pytest.fixture
def page(portal, open_page):
    """A tab on a device that keeps passkeys and knows its owner."""
    page = open_page(390, 844)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in_by_code(page, person):
    page.goto("/konto/logga-in/")
    page.locator("#id_email").fill(person.email)
    page.get_by_role("button", name="Skicka en kod").click()
    page.wait_for_url("**/skriv/**")
    page.locator("[name=code]").fill(Mail.objects.latest("pk").subject.split(" ")[0])
    page.locator("main").get_by_role("button", name="Logga in").click()


def test_offered_passkey_signs_in_the_next_time(page):
    person = make_user(password=None, passkey_offered_at=None)
    sign_in_by_code(page, person)
    page.get_by_role("link", name="Lägg till en nyckel").click()
    page.get_by_role("button", name="Lägg till en nyckel").click()
    page.wait_for_url("**/konto/sakerhet/")
    page.context.clear_cookies()

    page.goto("/konto/logga-in/?next=/mitt-foretag/")
    page.get_by_role("button", name="Logga in med nyckel").click()
    page.wait_for_url("**/mitt-foretag/")

    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    assert Mail.objects.filter(subject="En nyckel lades till").count() == 1


def test_passkey_is_the_second_step_of_staff(page):
    person = make_user(password=None, is_staff=True)
    sign_in_by_code(page, person)
    page.goto("/konto/sakerhet/nycklar/ny/")
    page.get_by_role("button", name="Lägg till en nyckel").click()
    page.wait_for_url("**/reservkoder/")
    page.context.clear_cookies()

    sign_in_by_code(page, person)
    page.wait_for_url("**/konto/sakerhet/kod/")
    for _ in range(10):  # a colleague behind the same address: guesses are counted by address too
        Client(SERVER_NAME="localhost").post(
            "/konto/logga-in/", {"login": "annan@bolag.example", "password": "gissning"}
        )
    page.get_by_role("button", name="Använd min nyckel").click()
    page.wait_for_url("**/min-sida/")

    assert page.locator("#menu a[href='/admin/']").count() == 1


def test_device_that_says_no_is_told_in_words(page):
    page.goto("/konto/logga-in/")

    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    page.get_by_role("button", name="Logga in med nyckel").click()

    page.get_by_role("alert").filter(has_text="Det gick inte").wait_for(state="visible")
