"""Answers 503 where a request waited too long for another one's lock in the database."""

import logging

from django.contrib.messages import WARNING
from django.db import OperationalError
from django.shortcuts import render
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled

from creativenorth.web.fragments import is_fragment

_BUSY = (LockNotAvailable, QueryCanceled, DeadlockDetected)
RETRY_AFTER_SECONDS = "5"
logger = logging.getLogger(__name__)


class BusyMiddleware:
    """503 instead of an error: nothing was changed, and the same can be sent again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OperationalError) and isinstance(exception.__cause__, _BUSY):
            logger.warning("Waited too long for the database: %s", exception.__cause__)
            return busy(request)
        return None


def busy(request):
    """By htmx a message alone, the form stays; else a page with a button that sends the same again (without passwords and files)."""
    text = _("Somebody else is changing the same thing just now. Nothing is lost: wait a moment and send again.")
    if is_fragment(request):
        response = render(request, "components/_messages.html", {"messages": [_Message(text)]}, status=503)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#messages", "innerHTML"
    else:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        is_secret = any("password" in name for name, _value in sent)
        fields = [] if is_secret else [pair for pair in sent if pair[0] != "csrfmiddlewaretoken"]
        context = {"text": text, "fields": fields, "address": request.get_full_path()}
        response = render(request, "creativenorth/busy.html", context, status=503)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


class _Message(str):
    level, tags, level_tag = WARNING, "warning", "warning"
    message = property(str)
