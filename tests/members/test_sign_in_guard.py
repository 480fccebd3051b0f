"""Guessing is stopped, in all processes together, and nobody learns from an answer who has an account."""

import os
import re

import pytest
from django.db import connections
from django.test import Client

from creativenorth.mail.models import Mail
from tests.factories import make_user

LOGIN = "/konto/logga-in/"
CODE = "/konto/logga-in/kod/"
RESET = "/konto/losenord/nytt/"


def guess(email):
    """The code of the form's error."""
    response = Client().post(LOGIN, {"login": email, "password": "gissning"})
    return response.context["form"].non_field_errors().as_data()[0].code


def in_another_process(function):
    """Starts it with a database connection and a memory of its own; answers what its lines are read from."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        for connection in connections.all():
            connection.connection = None  # the parent's, not to be closed here
        try:
            os.write(writing, "\n".join(function()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    return os.fdopen(reading)


@pytest.mark.django_db(transaction=True)
def test_three_processes_together_have_five_guesses(db):
    person = make_user()

    pipes = [in_another_process(lambda: [guess(person.email) for _ in range(5)]) for _ in range(3)]
    answers = []
    for pipe in pipes:
        with pipe:
            answers += pipe.read().split()

    assert sorted(answers) == ["email_password_mismatch"] * 5 + ["too_many_login_attempts"] * 10


def test_codes_to_one_address_are_few(db):
    person = make_user()

    answers = [Client().post(CODE, {"email": person.email}).status_code for _ in range(6)]

    assert (answers, Mail.objects.count()) == ([302] * 4 + [422] * 2, 4)


def test_a_code_is_guessed_three_times(client, db):
    person = make_user()
    client.post(CODE, {"email": person.email})
    code = Mail.objects.get().subject.split(" ")[0]

    for _ in range(3):
        client.post(f"{CODE}skriv/", {"code": "FEL123"})
    client.post(f"{CODE}skriv/", {"code": code})

    assert "_auth_user_id" not in client.session


def without_secrets(response, email):
    """The answer, without what differs between any two."""
    page = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return response.status_code, getattr(response, "url", ""), page.replace(email, "EMAIL")


@pytest.mark.parametrize(
    ("path", "field", "more"),
    [
        (LOGIN, "login", {"password": "gissning"}),
        (CODE, "email", {}),
        (RESET, "email", {}),
        ("/konto/nytt-konto/", "email", {}),
    ],
)
def test_answers_do_not_tell_who_has_an_account(db, path, field, more):
    make_user("anna@bolag.example")
    answers, mails = [], []
    for email in ("anna@bolag.example", "okand@bolag.example"):
        response = Client().post(path, {field: email} | more, follow=True)
        answers.append(without_secrets(response, email))
        mails.append(Mail.objects.filter(to=email).count())

    assert answers[0] == answers[1]
    assert mails[0] == mails[1]


def test_invitation_for_an_address_with_an_account_tells_only_who_holds_the_link(client, db, company):
    """Whoever has the link has the mailbox; without it the page does not exist."""
    assert client.get("/inbjudan/gissning/").status_code == 404
