"""Mail that is sent over SMTP to a server of the tests."""

import pytest

from creativenorth.mail import delivery
from tests.creativenorth.smtp import smtp_server


@pytest.fixture
def sent_to(settings):
    """Send over SMTP to the given server."""

    def use(port):
        settings.EMAIL_BACKEND = "creativenorth.mail.smtp_backend.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

    return use


@pytest.fixture
def attempt(sent_to):
    """One attempt at a mail with a server that answers as told: the mail as it is after, and the server."""

    def run(written, **answers):
        with smtp_server(**answers) as server:
            sent_to(server.server_address[1])
            delivery.attempt(written.pk)
        written.refresh_from_db()
        return server

    return run
