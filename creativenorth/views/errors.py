"""Error pages that belong to the site and tell the request's id, so that staff can find it in the log."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from creativenorth.logs import current_request_id


def _page(request, status, reason=""):
    return render(request, f"{status}.html", {"request_id": current_request_id(), "reason": reason}, status=status)


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
    """A form sent without its cookie or from an old page: says to go back and send again."""
    return _page(
        request, 403, _("The form was too old, or your browser sends no cookies. Go back, reload and send again.")
    )


@login_not_required
def server_error(request):
    """Asks nothing of the database: it may be what is broken."""
    return HttpResponseServerError(get_template("500.html").render({"request_id": current_request_id()}))
