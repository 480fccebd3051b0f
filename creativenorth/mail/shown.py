"""The HTML part of a mail as a document to frame in a page of the portal: no script, no request, its pictures inside it."""

import base64

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from creativenorth.mail import pictures

ALONE = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],  # mail programs know no other way
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}


def frameable(view):
    """Decorator of a view that answers with `document`."""
    return csp_replace(ALONE)(xframe_options_sameorigin(view))


def document(html, images):
    """`images`: {content id: PNG}. Links open outside the frame."""
    for name, content in images.items():
        html = html.replace(f"cid:{name}", f"data:image/png;base64,{base64.b64encode(content).decode()}")
    return HttpResponse(html.replace("<head>", '<head><base target="_blank">', 1))


def draft_document(html, ticket_url=""):
    return document(html, pictures.of_html(html, ticket_url))
