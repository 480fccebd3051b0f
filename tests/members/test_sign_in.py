import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from creativenorth.mail.models import Mail
from tests.factories import PASSWORD, make_user

LOGIN = "/konto/logga-in/"
CODE = "/konto/logga-in/kod/"
ENTER = "/konto/logga-in/kod/skriv/"


@pytest.fixture
def person(db):
    return make_user("anna@bolag.example", name="Anna Ek")


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_page_offers_code_and_password(client, db):
    page = client.get(LOGIN).content.decode()

    assert [text in page for text in ("Skicka en kod", "Logga in med lösenord i stället")] == [True, True]


def test_page_keeps_the_frame_of_the_site(client, db):
    page = client.get(LOGIN).content.decode()

    assert 'href="/en/account/sign-in/"' in page


def test_code_by_mail_signs_in(client, person):
    client.post(CODE, {"email": "anna@bolag.example"})
    mail = Mail.objects.get()
    code = re.search(r"^(\S+) är din kod", mail.subject)[1]

    response = client.post(ENTER, {"code": code})

    assert (mail.to, mail.is_secret) == ("anna@bolag.example", True)
    assert (response.status_code, response.url) == (302, "/min-sida/")
    assert signed_in_as(client) == str(person.pk)


def test_wrong_code_does_not_sign_in(client, person):
    client.post(CODE, {"email": "anna@bolag.example"})

    response = client.post(ENTER, {"code": "fel"})

    assert "verify_form" in response.context
    assert response.context["verify_form"].errors["code"]
    assert signed_in_as(client) is None


def test_unknown_address_is_told_by_mail_alone(client, person):
    known = client.post(CODE, {"email": "anna@bolag.example"})
    unknown = Client().post(CODE, {"email": "okand@bolag.example"})

    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    mail = Mail.objects.get(to="okand@bolag.example")
    assert (mail.subject, mail.is_secret) == ("Det finns inget konto för den här adressen", False)


def test_mail_speaks_english_from_the_english_page(client, person):
    client.post("/en/account/sign-in/code/", {"email": "anna@bolag.example"})

    mail = Mail.objects.get()
    assert (mail.language, mail.subject.partition(" ")[2]) == ("en", "is your code for Creative North")


def test_password_signs_in_and_leads_to_where_one_was_going(client, person):
    response = client.post(f"{LOGIN}?next=/mitt-foretag/", {"login": person.email, "password": PASSWORD})

    assert (response.status_code, response.url) == (302, "/mitt-foretag/")
    assert signed_in_as(client) == str(person.pk)


def test_next_to_another_site_is_not_followed(client, person):
    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"})

    assert response.url == "/min-sida/"


def test_wrong_password_says_so_and_opens_the_form(client, person):
    response = client.post(LOGIN, {"login": person.email, "password": "fel"})

    assert '<details class="disclosure" open>' in response.content.decode()
    assert signed_in_as(client) is None


def test_nobody_signs_up(client, db):
    page = client.post(reverse("account_signup"), {"email": "ny@bolag.example", "password1": PASSWORD})

    assert "Konto får du genom en inbjudan" in page.content.decode()
    assert not Mail.objects.exists()


def test_password_reset_mails_a_secret_link_that_works(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    mail = Mail.objects.get()
    link = re.search(r"http://\S+", mail.text)[0]

    client.get(link)
    response = client.post(
        re.sub(r"-[^-/]+-[^-/]+/$", "-set-password/", link),
        {"password1": "vintervägen 65", "password2": "vintervägen 65"},
    )

    person.refresh_from_db()
    assert mail.is_secret
    assert (response.status_code, person.check_password("vintervägen 65")) == (302, True)


def test_changed_password_is_told_by_mail(client, person):
    client.force_login(person)
    new = "vintervägen 65"

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    mail = Mail.objects.get()
    assert (mail.to, mail.subject, mail.is_secret) == (person.email, "Ditt lösenord är bytt", False)


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "account_set_password", "mfa_index", "account_logout", "account_reauthenticate"],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_own_pages_of_the_account_open(client, db, name, prefix):
    person = make_user(password=None if name == "account_set_password" else PASSWORD)
    client.post(CODE, {"email": person.email})
    client.post(ENTER, {"code": Mail.objects.get().subject.split(" ")[0]})
    address = reverse(name) if not prefix else reverse_english(name)

    response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{"en" if prefix else "sv"}">' in response.content.decode()


def reverse_english(name):
    from django.utils import translation

    with translation.override("en"):
        return reverse(name)


def test_admin_sends_to_the_portals_own_sign_in(client, db):
    response = client.get("/admin/login/?next=/admin/members/")

    assert response.url == f"{LOGIN}?next=%2Fadmin%2Fmembers%2F"


def test_admin_is_forbidden_to_members(owner_client):
    assert owner_client.get("/admin/login/").status_code == 403


def test_staff_without_second_step_must_set_it_up(staff_client, settings):
    settings.STAFF_SECOND_FACTOR = True

    response = staff_client.get("/admin/", follow=True)

    assert response.redirect_chain[1][0] == "/konto/sakerhet/"


def test_staff_with_second_step_enter_the_admin(staff, staff_client, settings):
    settings.STAFF_SECOND_FACTOR = True
    Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert staff_client.get("/admin/").status_code == 200
