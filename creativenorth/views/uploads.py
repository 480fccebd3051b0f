"""Uploaded files on this machine's disk. With a bucket configured, pages link to the bucket instead."""

import mimetypes

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

_SHOWN = {"image/webp", "image/png", "image/jpeg"}
_FETCHED = {"application/pdf"}  # downloaded, not opened in the browser


@login_not_required
@require_safe
def upload(request, name):
    """GET: the file, to be cached for ever (names are never used twice). 404 for what is no stored picture or document."""
    kind = mimetypes.guess_type(name)[0]
    try:
        if kind not in _SHOWN | _FETCHED or not default_storage.exists(name):
            raise Http404
        response = FileResponse(default_storage.open(name), content_type=kind, as_attachment=kind in _FETCHED)
    except (SuspiciousFileOperation, IsADirectoryError) as error:
        raise Http404 from error
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
