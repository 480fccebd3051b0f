"""Where one is signed in, and signing out of everywhere."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone

from creativenorth.web.sessions import SessionStore, user_of
from members.actions.accounts import forget_ended_sessions
from members.models import User
from tests.factories import PASSWORD, make_user

PAGE = "/konto/inloggningar/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1"
pytestmark = pytest.mark.django_db


def sign_in(person, agent):
    client = Client(headers={"user-agent": agent})
    client.post("/konto/logga-in/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.fixture
def person():
    return make_user()


def test_list_names_each_device_in_words_and_nobody_elses(person):
    computer, _phone, _other = sign_in(person, FIREFOX), sign_in(person, PHONE), sign_in(make_user(), FIREFOX)

    page = computer.get(PAGE)

    assert page.context["session_count"] == 2
    assert [text in page.content.decode() for text in ("Firefox, Windows", "Safari, iPhone", "Den här enheten")] == [
        True
    ] * 3


def test_sign_out_everywhere_else_ends_the_other_sessions_at_once(person):
    computer, phone = sign_in(person, FIREFOX), sign_in(person, PHONE)

    answer = computer.post(PAGE)

    assert (answer.status_code, computer.get(PAGE).status_code) == (302, 200)
    assert phone.get("/min-sida/").url.startswith("/konto/logga-in/")


def test_closed_account_is_signed_out_at_once(person):
    client = sign_in(person, FIREFOX)
    person.is_active = False
    person.save(update_fields=["is_active"])

    assert client.get("/min-sida/").url.startswith("/konto/logga-in/")


def test_addresses_of_ended_sessions_are_forgotten(person):
    sign_in(person, FIREFOX)
    kept = sign_in(person, PHONE)
    key = kept.session.session_key
    Session.objects.exclude(session_key=key).update(expire_date=timezone.now() - timedelta(1))

    forget_ended_sessions()

    assert list(UserSession.objects.values_list("session_key", flat=True)) == [key]
    assert list(Session.objects.values_list("session_key", flat=True)) == [key]


def test_a_session_is_read_with_its_person(person, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session = SessionStore(sign_in(person, FIREFOX).session.session_key)

    with django_assert_num_queries(1):
        assert user_of(request) == person


def test_a_new_password_ends_a_session(person):
    client = sign_in(person, FIREFOX)

    User.objects.filter(pk=person.pk).update(password="another")

    assert client.get("/min-sida/").url.startswith("/konto/logga-in/")


def test_an_old_session_is_nobodys(person):
    client = sign_in(person, FIREFOX)

    Session.objects.update(expire_date=timezone.now() - timedelta(1))

    assert client.get("/min-sida/").url.startswith("/konto/logga-in/")
