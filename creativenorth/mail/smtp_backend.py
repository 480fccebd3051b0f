"""SMTP that ends in bounded time, also where the server answers a byte now and then."""

import os
import smtplib
import socket
import threading
import time
from contextlib import suppress

from django.core.mail.backends.smtp import EmailBackend

LONGEST_SESSION = 60  # seconds; settings.EMAIL_TIMEOUT bounds each wait for the server within it


class Backend(EmailBackend):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ends_at = time.monotonic() + LONGEST_SESSION

    @property
    def connection_class(self):
        kind = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP
        return type("Session", (_Session, kind), {"ends_at": self.ends_at})


class _Session:
    """Cuts the line when the time is over: whoever waits for an answer then gets the end of the line."""

    _cut = None

    def getreply(self):
        if self._cut is None:  # the greeting, the first answer of a server
            line = socket.socket(fileno=os.dup(self.sock.fileno()))  # the line itself, whatever TLS is laid over it
            self._cut = threading.Timer(max(0, self.ends_at - time.monotonic()), _cut, [line])
            self._cut.daemon = True
            self._cut.line = line
            self._cut.start()
        return super().getreply()

    def close(self):
        super().close()
        if self._cut is not None:
            self._cut.cancel()
            self._cut.line.close()
            self._cut = None


def _cut(line):
    with suppress(OSError):  # the other side was faster
        line.shutdown(socket.SHUT_RDWR)
