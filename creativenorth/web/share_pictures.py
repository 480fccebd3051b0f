"""The answer with a picture for shared links."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from creativenorth.drawing.share_picture import share_picture


def share_response(request, card, is_public):
    """PNG with an ETag of what it shows; other sites may show it, and only what is public is kept on the way."""
    etag = f'"{card.fingerprint}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(share_picture(card), content_type="image/png")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
