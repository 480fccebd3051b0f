"""The mail that the demo would have sent, to read in the browser. These addresses exist with DEMO=1 only."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from creativenorth.mail.shown import document, frameable
from creativenorth.web.paging import page_of

PER_PAGE = 50


@dataclass
class Letter:
    name: str
    to: str
    subject: str
    written_at: datetime
    language: str
    text: str
    calendars: list
    has_html: bool


@login_not_required
@require_safe
@never_cache
def mails(request):
    """GET ?page=: all mail, the newest first."""
    page = page_of(_files(), request.GET, PER_PAGE)
    return render(request, "demo/mails.html", {"page": page, "letters": [_read(path) for path in page]})


@login_not_required
@require_safe
@never_cache
@csp_update({"frame-src": ["'self'"]})
def mail(request, name):
    """GET: one mail, both parts. 404 for what is not in the folder."""
    return render(request, "demo/mail.html", {"letter": _read(_file(name))})


@login_not_required
@require_safe
@never_cache
@frameable
def mail_html(request, name):
    """GET: its HTML part, for the frame in the page above."""
    message = _message(_file(name))
    body = message.get_body(preferencelist=("html",))
    if body is None:
        raise Http404
    pictures = [part for part in message.walk() if part.get_content_type() == "image/png"]
    images = {part["Content-ID"].strip("<>"): part.get_payload(decode=True) for part in pictures}
    return document(body.get_content(), images)


def _file(name):
    path = next((path for path in _files() if path.name == name), None)
    if path is None:
        raise Http404
    return path


def _files():
    # Names of files begin with the time of writing.
    return sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), reverse=True)


def _message(path):
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _read(path):
    message = _message(path)
    body = message.get_body(preferencelist=("plain",))
    written_at = datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    return Letter(
        name=path.name,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        written_at=written_at,
        language=str(message["Content-Language"] or "sv"),
        text=body.get_content() if body else "",
        calendars=[part.get_filename() for part in message.walk() if part.get_content_type() == "text/calendar"],
        has_html=message.get_body(preferencelist=("html",)) is not None,
    )
