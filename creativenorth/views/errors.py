"""Error pages that belong to the site and tell the request's id, so that staff can find it in the log."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from creativenorth.fragments import is_fragment, notice
from creativenorth.logs import current_request_id


def _page(request, status, template=None):
    if is_fragment(request):
        return notice(request, _("That did not work. Load the page again and try once more."), status)
    return render(request, template or f"{status}.html", {"request_id": current_request_id()}, status=status)


@login_not_required
def bad_request(request, exception=None):
    return _page(request, 400)


@login_not_required
def forbidden(request, exception=None):
    return _page(request, 403)


@login_not_required
def not_found(request, exception=None):
    return _page(request, 404)


@login_not_required
def csrf_failure(request, reason=""):
    """A form sent without its cookie or from an old page: the form as it was sent, where its view can, else what to do."""
    match = request.resolver_match
    if match and getattr(match.func, "shows_form_again", False):
        request.has_no_token = True
        return match.func(request, *match.args, **match.kwargs)
    return _page(request, 403, "csrf.html")


@login_not_required
def server_error(request):
    """Asks nothing of the database: it may be what is broken."""
    if is_fragment(request):
        return notice(
            request, _("Something broke here. What you have typed is still there: try again in a while."), 500
        )
    return HttpResponseServerError(get_template("500.html").render({"request_id": current_request_id()}))
