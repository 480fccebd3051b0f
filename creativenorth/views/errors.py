"""Error pages in the site's look, with the request's id, by which staff find the request in the log."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from creativenorth.run.logs import current_request_id
from creativenorth.web.fragments import is_fragment, notice


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
    """Makes no query: the database may be what is broken."""
    if is_fragment(request):
        return notice(
            request,
            _("Something went wrong on our side. What you have typed is still there: try again in a while."),
            500,
        )
    return HttpResponseServerError(get_template("500.html").render({"request_id": current_request_id()}))
