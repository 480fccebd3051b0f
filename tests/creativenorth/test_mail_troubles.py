"""A mail server in trouble: the mail arrives once all the same, and staff read what is wrong."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from creativenorth.mail import delivery
from creativenorth.mail.models import Mail
from tests.creativenorth.smtp import smtp_server
from tests.factories import make_mail

pytestmark = pytest.mark.django_db
LATER, FOR_GOOD = "Mejlservern kan inte ta emot mejlet just nu: ", "Mejlservern tar inte emot mejlet: "
# What the server does → the mail's state, the beginning of the reason, and how many of three mails were taken meanwhile.
TROUBLES = {
    "answers 451": ({"RCPT": "451 try later"}, "retry", LATER + "451 try later", 0),
    "answers 550": ({"RCPT": "550 no such user"}, "failed", FOR_GOOD + "550 no such user", 0),
    "hangs": ({"silent": 2}, "retry", "Mejlservern svarade inte i tid.", 0),
    "fails at goodbye": ({"goodbye": "421 trouble"}, "sent", "", 3),
    "is down": (None, "retry", "Det gick inte att nå mejlservern: ", 0),
}


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def use(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = (
        "127.0.0.1",
        1,
        False,
        False,
    )
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    return lambda port: setattr(settings, "EMAIL_PORT", port)


def attempt_all():
    for mail in Mail.objects.order_by("pk"):
        delivery.attempt(mail.pk)


def start_page(client):
    page = client.get("/admin/").context
    lines = list(page["broken"]) + [line for group in page["todos"] for line in group["lines"]]
    return [f"{line.figure} {line.text}".strip() for line in lines if "mejl" in line.text.lower()]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_is_told_and_what_passes_is_made_good_once(trouble, use, staff_client):
    answers, state, reason, taken = TROUBLES[trouble]
    mails = [make_mail(to=f"m{number}@bolag.example") for number in range(1 if "silent" in (answers or {}) else 3)]
    port = free_port()
    use(port)
    if answers is None:
        attempt_all()
    else:
        with smtp_server(port=port, **answers) as server:
            attempt_all()
        assert len(server.taken) == taken

    Mail.objects.filter(state="retry").update(created_at=timezone.now() - timedelta(minutes=20))
    listed = staff_client.get("/admin/creativenorth/mail/").context["cl"].result_list
    assert [(mail.state, mail.error[: len(reason)]) for mail in listed] == [(state, reason)] * len(mails)
    assert (
        start_page(staff_client)
        == {
            "retry": ["Mejlen går inte ut."],
            "failed": ["Mejlen går inte ut.", "3 mejl kom inte fram"],
            "sent": [],
        }[state]
    )

    Mail.objects.filter(state="retry").update(next_attempt_at=timezone.now())
    with smtp_server(port=port) as server:
        attempt_all()
        attempt_all()
    assert len(server.taken) == (len(mails) if state == "retry" else 0)
