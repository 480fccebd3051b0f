"""Error pages that belong to the site and tell the request's id, so that staff can find it in the log."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from creativenorth.run.logs import current_request_id
from creativenorth.web.fragments import is_fragment, notice


def _page(request, status, template=None, told=""):
    """A page of its own; on the page that htmx works on, `told` in a sentence."""
    if is_fragment(request):
        return notice(request, told or _("That did not work. Load the page again and try once more."), status)
    return render(request, template or f"{status}.html", {"request_id": current_request_id()}, status=status)


@login_not_required
def bad_request(request, exception=None):
    return _page(request, 400)


@login_not_required
def forbidden(request, exception=None):
    return _page(request, 403, told=_no_longer_yours())


@login_not_required
def not_found(request, exception=None):
    return _page(request, 404, told=_no_longer_yours())


def _no_longer_yours():
    return _("This is no longer here, or no longer yours to change. Load the page again to see how it stands.")


@login_not_required
def csrf_failure(request, reason=""):
    """A form sent without its cookie or from an old page: the form as it was sent, where its view can, else what to do."""
    match = request.resolver_match
    if match and getattr(match.func, "shows_form_again", False):
        request.has_no_token = True
        return match.func(request, *match.args, **match.kwargs)
    told = _("You have been signed out, or in again, since this page was opened. Load it again and sign in.")
    return _page(request, 403, "csrf.html", told)


@login_not_required
def server_error(request):
    """Asks nothing of the database: it may be what is broken."""
    if is_fragment(request):
        return notice(
            request, _("Something broke here. What you have typed is still there: try again in a while."), 500
        )
    return HttpResponseServerError(get_template("500.html").render({"request_id": current_request_id()}))
