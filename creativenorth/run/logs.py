"""One id per request: in every log line, in the response's header and on error pages. No log line has a secret link."""

import logging
import re
from contextvars import ContextVar
from uuid import uuid4

from pythonjsonlogger.json import JsonFormatter

_request_id = ContextVar("request_id", default="-")
# Tokens of secret links (web.secret_links, invitations, new passwords), which are longer than any id or word.
_SECRET = re.compile(r"[A-Za-z0-9_=-]{37,}")
_ACCEPTED = re.compile(r"[A-Za-z0-9-]{8,64}")


def current_request_id():
    """The id of the present request, "-" outside of one."""
    return _request_id.get()


class RequestIdMiddleware:
    """Takes a well-formed X-Request-ID from the proxy, makes one otherwise, and sends it back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        offered = request.headers.get("X-Request-ID", "")
        request.id = offered if _ACCEPTED.fullmatch(offered) else uuid4().hex[:16]
        token = _request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response.headers["X-Request-ID"] = request.id
        return response


class RequestIdFilter(logging.Filter):
    """Sets `request_id` on each log record; Django logs some responses after the request is over."""

    def filter(self, record):
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "id", None) or current_request_id()
        return True


class SafeFormatter(JsonFormatter):
    """JSON with secret links replaced by ***, in addresses, referrers and texts of errors."""

    def format(self, record):
        return _SECRET.sub("***", super().format(record))


def configuration(level):
    """Django's LOGGING: JSON on standard error, one object a line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "creativenorth.run.logs.RequestIdFilter"}},
        "formatters": {
            "json": {
                "()": "creativenorth.run.logs.SafeFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "procrastinate.blueprints": {"level": "WARNING"},
            "procrastinate.periodic": {"level": "WARNING"},
            "django.server": {"handlers": ["stderr"], "propagate": False},
        },
    }
