"""Finished public pages, cached until something public changes.

The database holds one row, the content version. A change of a model marked `@public_data` gives it a new value at the commit
of the transaction that changed something. A page is cached under the version at which it was rendered: one query answers
a cached page, and an edit shows at once in every process.

The same row has a version of the frame, which is what stands around every page. Only changes of the frame's tables renew
it. The version is read before what is cached under it: a value that was read too early is never asked for again.
"""

import gzip
import hashlib
from typing import NamedTuple

import brotli
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from creativenorth.web.fragments import VARIES, is_fragment

_PACK = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    "": bytes,
}


class Versions(NamedTuple):
    """Of everything public, and of the frame alone; None where nothing has been published yet."""

    content: str | None = None
    frame: str | None = None


def versions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT version::text, frame::text FROM creativenorth_contentversion WHERE id = 1")
        row = cursor.fetchone()
    return Versions(*row) if row else Versions()


def versions_of(request):
    """The versions, read once per request."""
    if not hasattr(request, "versions"):
        request.versions = versions()
    return request.versions


def content_version():
    return versions().content


def expire_pages(*, frame=False):
    """Make a new version where no trigger of a table does, in the transaction of the change."""
    changed = "version = excluded.version" + (", frame = excluded.frame" if frame else "")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO creativenorth_contentversion (id, version, frame) "
            "VALUES (1, gen_random_uuid(), gen_random_uuid()) "
            f"ON CONFLICT (id) DO UPDATE SET {changed}"
        )


def cached(request, key, compute, *, under="content"):
    """`compute()`, cached under the version of the content or of the "frame"."""
    version = getattr(versions_of(request), under)
    if version is None:
        return compute()
    return caches["pages"].get_or_set(f"{key}:{version}", compute)


def current_minute():
    """Part of a cache key, since time alone changes pages: what is upcoming becomes past, what is scheduled becomes public."""
    return int(timezone.now().timestamp()) // 60


def public_page(view):
    """Mark a view whose answer to an anonymous GET depends on nothing but its address and what is public."""
    view.is_public_page = True
    return view


class PageCacheMiddleware:
    """Answers a visitor's GET of a public page from the cache, in the compression that the visitor takes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _is_plain_visit(request):
            return self.get_response(request)
        request.versions = versions()
        if request.versions.content is None:
            return self.get_response(request)
        key, encoding = _key(request), _encoding(request)
        page = caches["pages"].get(key)
        if page is None:
            response = self.get_response(request)
            if not getattr(request, "is_public_page", False) or response.status_code != 200 or response.cookies:
                return response
            page = _finished(response)
        if encoding not in page["bodies"]:
            page["bodies"][encoding] = _PACK[encoding](page["plain"])
            caches["pages"].set(key, page)
        return _answer(request, page, encoding)

    def process_view(self, request, view, args, kwargs):
        request.is_public_page = getattr(view, "is_public_page", False)
        if request.is_public_page and hasattr(request, "versions"):
            # This middleware compresses the page once; GZipMiddleware must not do it before.
            request.META.pop("HTTP_ACCEPT_ENCODING", None)


def _is_plain_visit(request):
    has_identity = request.COOKIES or "HTTP_AUTHORIZATION" in request.META
    return request.method == "GET" and not has_identity


def _key(request):
    place = f"{request.get_host()}|{request.scheme}|{request.get_full_path()}"
    address = f"{place}|{is_fragment(request)}|{current_minute()}"
    return f"page:{request.versions.content}:{hashlib.sha256(address.encode()).hexdigest()}"


def _encoding(request):
    """The shortest compression that the visitor takes; "" (none) is taken by all."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return next(encoding for encoding in _PACK if encoding in accepted)


def _finished(response):
    body = response.content
    return {
        "type": response.headers["Content-Type"],
        "headers": {
            name: value for name, value in response.headers.items() if name in ("Content-Language", "Vary", "Link")
        },
        "etag": hashlib.sha256(body).hexdigest()[:24],
        "plain": body,
        "bodies": {},
    }


def _answer(request, page, encoding):
    etag = f'"{page["etag"]}{encoding and "-"}{encoding}"'
    if request.META.get("HTTP_IF_NONE_MATCH") == etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(page["bodies"][encoding], content_type=page["type"])
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(page["bodies"][encoding]))
    for name, value in page["headers"].items():
        response.headers[name] = value
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie", *VARIES])
    return response
