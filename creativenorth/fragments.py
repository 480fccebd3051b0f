"""What htmx gets in place of a fragment when something goes wrong: a notice on the page it stands on, not a page inside it."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.messages import constants
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from creativenorth.logs import current_request_id


def is_fragment(request):
    return request.headers.get("HX-Request") == "true"


def notice(request, text, status):
    """A message in the page's own place for messages; the rest of the page, and what is typed there, stays."""
    told = {"message": text, "tags": "error", "level_tag": constants.DEFAULT_TAGS[constants.ERROR]}
    html = render_to_string("components/_notice.html", told | {"request_id": current_request_id()})
    response = HttpResponse(html, status=status)
    response.headers["HX-Retarget"] = "#messages"
    response.headers["HX-Reswap"] = "innerHTML show:top"
    return response


class FragmentErrorsMiddleware:
    """Sends a person whose session is over to the sign-in page as a whole, and back to the page they were on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_fragment(request) and response.status_code == 302 and _leads_to_sign_in(response):
            answer = notice(request, _("You are no longer signed in. What you have typed is kept."), 401)
            answer.headers["HX-Redirect"] = response.url.partition("?")[0] + _next(request)
            return answer
        return response


def _leads_to_sign_in(response):
    return response.url.partition("?")[0] == resolve_url(settings.LOGIN_URL)


def _next(request):
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    return "?" + urlencode({"next": page.path}) if page.netloc == request.get_host() else ""
