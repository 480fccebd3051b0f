"""Error pages in the site's look, with the request's id, by which staff find the request in the log."""

import errno
import sys

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from creativenorth.run.logs import current_request_id
from creativenorth.text.encryption import WrongKey
from creativenorth.web.fragments import is_fragment, notice

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
RETRY_AFTER_SECONDS = "60"


def _page(request, status, template=None, message=""):
    """The error page; by htmx `message` as a notice on the present page."""
    if is_fragment(request):
        return notice(request, message or _("That did not work. Load the page again and try once more."), status)
    return render(request, template or f"{status}.html", {"request_id": current_request_id()}, status=status)


@login_not_required
def bad_request(request, exception=None):
    return _page(request, 400)


@login_not_required
def forbidden(request, exception=None):
    return _page(request, 403, message=_no_longer_yours())


@login_not_required
def not_found(request, exception=None):
    return _page(request, 404, message=_no_longer_yours())


def _no_longer_yours():
    return _("This is no longer here, or no longer yours to change. Load the page again to see how it stands.")


@login_not_required
def csrf_failure(request, reason=""):
    """403 for a form sent without its cookie or from an old page: the form with what was typed, where its view can, else what to do."""
    match = request.resolver_match
    if match and getattr(match.func, "shows_form_again", False):
        request.has_no_token = True
        return match.func(request, *match.args, **match.kwargs)
    message = _("You have been signed out, or in again, since this page was opened. Load it again and sign in.")
    return _page(request, 403, "csrf.html", message)


@login_not_required
def server_error(request):
    """500, or 503 where something of the machine is missing that comes back. Makes no query: the database may be what is broken."""
    with translation.override(translation.get_language_from_path(request.path) or translation.get_language()):
        missing = _missing(sys.exc_info()[1])
        status = 503 if missing else 500
        if is_fragment(request):
            broken = _("Something went wrong on our side. What you have typed is still there: try again in a while.")
            response = notice(request, missing or broken, status)
        else:
            context = {"request_id": current_request_id(), "text": missing} | FRAME
            response = HttpResponse(get_template(f"{status}.html").render(context), status=status)
        if missing:
            response.headers["Retry-After"] = RETRY_AFTER_SECONDS
        return response


class _Nothing(dict):
    """Stands for what pages show around their content, which is in the database."""

    def __missing__(self, key):
        return _Nothing()

    def __str__(self):
        return ""


FRAME = {"site": _Nothing(), "user": AnonymousUser(), "request": _Nothing(), "messages": []}


def _missing(error):
    """What the machine lacks, in words; "" where the error is the portal's own."""
    if isinstance(error, OperationalError | InterfaceError):
        return _("The portal does not reach its data just now. Nothing is lost: try again in a minute.")
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return _(
            "There is no room for files on our side just now. Nothing was saved: try again later, or without the file."
        )
    if isinstance(error, WrongKey):
        return _(
            "This was sealed with another NUMBER_KEY than the portal has now. Those who run it must set the key that it had."
        )
    return ""
