"""Secret links are in neither logs nor history, which others read."""

import logging
import logging.config
from uuid import UUID

import pytest
from django.urls import reverse
from pghistory.models import Context

from creativenorth.mail import delivery
from creativenorth.run.logs import RequestIdFilter, SafeFormatter
from creativenorth.web import secret_links
from tests.creativenorth.smtp import smtp_server
from tests.factories import make_affiliation, make_invitation, make_mail, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(caplog, settings):
    """What the portal's log has, as its own handler writes it."""
    caplog.set_level(logging.INFO)
    caplog.handler.addFilter(RequestIdFilter())
    formatter = settings.LOGGING["formatters"]["json"]
    made = logging.config.DictConfigurator({"version": 1}).configure_formatter(dict(formatter))
    return lambda: "\n".join(made.format(record) for record in caplog.records)


def test_address_of_an_invitation_is_in_no_line(client, company, written):
    invitation = make_invitation(company)

    client.post(f"/inbjudan/{invitation.token}/", {"name": ""})

    assert "Unprocessable Content: /inbjudan/***/" in written().replace("Entity", "Content")
    assert invitation.token not in written()


def test_secrets_of_every_kind_are_masked():
    uuid = "6c8d4d1e-6f0b-4b0e-9c0f-1d6a2f8c7b11"
    secrets = [
        secret_links.token(UUID(uuid), "place"),
        "1-c9xq1v-0123456789abcdef0123456789abcdef",
        "gAAAAABl" + "A" * 92 + "==",
    ]
    record = logging.makeLogRecord({"msg": "GET /plats/%s/?next=%%2F%s|%s %s", "args": (*secrets, uuid)})

    assert SafeFormatter("%(message)s").format(record) == f'{{"message": "GET /plats/***/?next=%***|*** {uuid}"}}'


def test_history_notes_the_page_and_not_its_address(client, company):
    owner = make_affiliation(make_user(), company, "owner").user
    invitation = make_invitation(company, invited_by=owner)

    client.post(f"/inbjudan/{invitation.token}/", {"name": "Nils Ny"})

    metadata = Context.objects.latest("created_at").metadata
    assert (metadata["page"], set(metadata)) == ("members:invitation", {"user", "page"})
    assert reverse(metadata["page"], args=[invitation.token])


def test_log_says_that_a_mail_failed_and_not_whose(written, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    mail = make_mail(to="nils@bolag.example")

    with smtp_server(RCPT="550 no mailbox for nils@bolag.example") as server:
        settings.EMAIL_PORT = server.server_address[1]
        delivery.attempt(mail.pk)

    assert (f"mail {mail.uuid} failed; the outbox says why" in written(), "nils@" in written()) == (True, False)
