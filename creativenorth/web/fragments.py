"""Fragments of pages for htmx, and its errors: a message on the present page instead of a whole page inside a fragment."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.messages import constants
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from creativenorth.run.logs import current_request_id

VARIES = ["HX-Request", "HX-Request-Type"]


def is_fragment(request):
    """Whether htmx asks for a part of the page. For the whole one it asks where it goes back in the history."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def render_part(request, page, fragment, context):
    """The fragment alone where htmx asks for it, else the page; caches keep both apart."""
    response = render(request, fragment if is_fragment(request) else page, context)
    patch_vary_headers(response, VARIES)
    return response


def notice(request, text, status):
    """A message where the page shows messages; the rest of the page, and what is typed there, stays."""
    context = {"message": text, "tags": "error", "level_tag": constants.DEFAULT_TAGS[constants.ERROR]}
    html = render_to_string("components/_notice.html", context | {"request_id": current_request_id()})
    response = HttpResponse(html, status=status)
    response.headers["HX-Retarget"] = "#messages"
    response.headers["HX-Reswap"] = "innerHTML show:top"
    return response


class FragmentErrorsMiddleware:
    """Sends a person whose session has ended to sign in, and then back to the page with the form, not to the form's address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302 or not _leads_to_sign_in(response):
            return response
        url = response.url.partition("?")[0] + _next(request)
        if not is_fragment(request):
            response.headers["Location"] = url
            return response
        answer = notice(request, _("You are no longer signed in. What you have typed is kept."), 401)
        answer.headers["HX-Redirect"] = url
        return answer


def _leads_to_sign_in(response):
    return response.url.partition("?")[0] == resolve_url(settings.LOGIN_URL)


def _next(request):
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return "?" + urlencode({"next": f"{page.path}?{page.query}" if page.query else page.path})
