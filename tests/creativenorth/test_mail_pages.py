"""Staff's pages of the outbox: whether mail goes out, a test mail, each failure with its reason, against a misbehaving server."""

import re

import pytest
from django.utils import timezone

from creativenorth import mail
from creativenorth.mail import delivery
from creativenorth.mail.models import Mail
from tests import html_validator
from tests.creativenorth.smtp import smtp_server
from tests.factories import make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIST, STATUS = "/admin/creativenorth/mail/", "/admin/creativenorth/mail/status/"


@pytest.fixture
def coordinator(groups):
    return make_user("sam@kluster.example", is_staff=True, groups=["coordinator"])


@pytest.fixture
def reader(groups):
    return make_user("lasare@kluster.example", is_staff=True, groups=["reader"])


@pytest.fixture
def use(settings):
    """Send over SMTP to the given port."""

    def use(port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

    return use


def write(cause="brev", to="nils@bolag.example"):
    return mail.queue_text(to=to, subject="Välkommen", text="Hej", language="sv", cause=cause)


def attempt(use, written, **answers):
    with smtp_server(**answers) as server:
        use(server.server_address[1])
        delivery.attempt(written.pk)
    return len(server.taken)


def shown(client, written):
    """State and reason as the outbox shows them."""
    page = client.get(LIST).content.decode()
    written.refresh_from_db()
    return written.get_state_display(), written.error and written.error in page.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("answers", "state", "reason"),
    [
        ({"RCPT": "451 try later"}, "försöks igen", "Mejlservern kan inte ta emot mejlet just nu: 451 try later"),
        ({"RCPT": "550 no such user"}, "misslyckat", "Mejlservern tar inte emot mejlet: 550 no such user"),
        ({"silent": 2}, "försöks igen", "Mejlservern svarade inte i tid."),
    ],
)
def test_staff_see_what_the_server_said(coordinator, use, answers, state, reason):
    written = write()

    taken = attempt(use, written, **answers)

    client = signed_in(coordinator)
    assert (taken, *shown(client, written)) == (0, state, True)
    assert written.error.startswith(reason)


def test_a_server_that_was_down_for_a_while_gets_each_mail_once(coordinator, use):
    written = [write(str(number), f"nils{number}@bolag.example") for number in range(3)]
    with smtp_server() as gone:
        port = gone.server_address[1]
    use(port)
    for one in written:
        delivery.attempt(one.pk)
    Mail.objects.update(created_at=timezone.now() - timezone.timedelta(hours=1), next_attempt_at=timezone.now())
    red = signed_in(coordinator).get("/admin/").context["broken"]

    sent = [attempt(use, one) for one in written for _ in range(2)]

    assert [line.text for line in red] == ["Mejlen går inte ut."]
    assert sent == [1, 0] * 3
    assert signed_in(coordinator).get("/admin/").context["broken"] == []


def test_a_failed_mail_is_sent_again_from_its_page(coordinator, use):
    written = write()
    attempt(use, written, RCPT="550 no such user")

    signed_in(coordinator).post(f"{LIST}{written.pk}/again/")

    assert (attempt(use, written), Mail.objects.get().state) == (1, "sent")


def test_a_test_mail_goes_to_oneself_once_under_a_double_click(coordinator, use):
    client = signed_in(coordinator)
    idempotency_key = client.get(STATUS).context["idempotency_key"]

    pages = [client.post(f"{LIST}test/", {"idempotency_key": idempotency_key}).url for _ in range(2)]

    written = Mail.objects.get()
    assert pages == [f"{LIST}{written.pk}/change/"] * 2
    assert (written.to, written.subject) == ("sam@kluster.example", "Ett provmejl från Creative North")


def test_the_status_page_tells_of_the_last_and_what_the_domain_needs(coordinator, use, settings):
    settings.DEFAULT_FROM_EMAIL = "Klustret <hej@Kluster.example>"
    attempt(use, write("ett"))
    attempt(use, write("två"), RCPT="550 no such user")

    page = signed_in(coordinator).get(STATUS)

    html = page.content.decode()
    assert (page.context["state"].is_broken, page.context["failed"]) == (False, 1)
    assert "550 no such user" in html
    assert re.findall(r"<code>(\S+) TXT", html) == [
        "kluster.example",
        "…._domainkey.kluster.example",
        "_dmarc.kluster.example",
    ]
    assert html_validator.errors(html) == []


def test_a_reader_sees_the_buttons_switched_off_with_the_reason(reader):
    client = signed_in(reader)
    page = client.get(STATUS).content.decode()

    answers = [client.post(f"{LIST}{name}/").status_code for name in ("test", "7/again")]

    assert page.count("Du får läsa utkorgen, inte skicka från den.") == 1
    assert (answers, Mail.objects.count()) == ([403] * 2, 0)


def test_an_erased_secret_cannot_be_sent_again_and_says_so(coordinator):
    lost = Mail.objects.create(
        cause="x", to="a@demo.example", subject="", text="", state="failed", error="550", is_secret=True
    )

    page = signed_in(coordinator).get(f"{LIST}{lost.pk}/change/").content.decode()

    assert "Det bar på en hemlighet, som är raderad." in page
    assert html_validator.errors(page) == []
