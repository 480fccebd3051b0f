"""Uploaded files, on this machine's disk or in a bucket: for whom what they belong to can be seen."""

import mimetypes

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from creativenorth.files import images
from creativenorth.files.visibility import may_fetch
from creativenorth.web.pagecache import cached, current_minute

LASTS = 60  # seconds
_SHOWN = {"image/webp", "image/png", "image/jpeg"}
_FETCHED = {"application/pdf"}  # downloaded, not opened in the browser


@login_not_required
@require_safe
def upload(request, name):
    """GET: the file, asked for anew after a minute. 404 for what is no stored picture or document, or not for this person."""
    kind, is_public = mimetypes.guess_type(name)[0], _is_public(request, name)
    if not is_public and not may_fetch(images.whole_name(name), request.user):
        raise Http404
    etag = quote_etag(name)  # a name is never used for another file
    response = get_conditional_response(request, etag=etag) or _file(name, kind)
    response.headers["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age={LASTS}, must-revalidate"
    response.headers["ETag"] = etag
    return response


def _file(name, kind):
    try:
        if kind not in _SHOWN | _FETCHED or not default_storage.exists(name):
            raise Http404
        response = FileResponse(default_storage.open(name), content_type=kind, as_attachment=kind in _FETCHED)
    except (SuspiciousFileOperation, IsADirectoryError) as error:
        raise Http404 from error
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _is_public(request, name):
    whole = images.whole_name(name)
    return cached(request, f"file:{whole}:{current_minute()}", lambda: may_fetch(whole, AnonymousUser()))
