"""Finished public pages, kept until anything public changes.

The database holds one row, the content version. A deferred trigger on every table the public sees gives it a new value
in the transaction that changed something, at its commit. A page is kept under the version it was rendered at: one query
answers a warm page, and an edit shows at once in every process.
"""

import gzip
import hashlib

import brotli
from django.core.cache import caches
from django.db import connection, migrations
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

_BUMP = """
CREATE OR REPLACE FUNCTION creativenorth_bump_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('creativenorth.bumped_in', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO creativenorth_contentversion (id, version) VALUES (1, gen_random_uuid())
            ON CONFLICT (id) DO UPDATE SET version = excluded.version;
        PERFORM set_config('creativenorth.bumped_in', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$
"""
create_function = migrations.RunSQL(_BUMP, "DROP FUNCTION IF EXISTS creativenorth_bump_content() CASCADE")


def public_table(table, columns=None):
    """Migration operation: a change of `table` (an update only of `columns`, where given) makes a new content version."""
    update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER bump_content AFTER INSERT OR DELETE OR {update} ON {table} "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION creativenorth_bump_content()",
        f"DROP TRIGGER IF EXISTS bump_content ON {table}",
    )


def content_version():
    """The version of everything public, or None where nothing has been published yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version::text FROM creativenorth_contentversion WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else None


def touch():
    """Make a new version by hand, in the transaction of what has changed, where no trigger of a table sees it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO creativenorth_contentversion (id, version) VALUES (1, gen_random_uuid()) "
            "ON CONFLICT (id) DO UPDATE SET version = excluded.version"
        )


def remembered(request, key, compute):
    """`compute()` kept under the content version; asks for the version once in a request."""
    if not hasattr(request, "content_version"):
        request.content_version = content_version()
    if request.content_version is None:
        return compute()
    return caches["pages"].get_or_set(f"{key}:{request.content_version}", compute)


def slot():
    """The minute it is, as part of a key: what is upcoming becomes past by itself, what is scheduled becomes public."""
    return int(timezone.now().timestamp()) // 60


def public_page(view):
    """Mark a view whose answer to an anonymous GET depends on nothing but its address and what is public."""
    view.is_public_page = True
    return view


class PageCacheMiddleware:
    """Answers a visitor's GET of a public page from the cache; keeps it there, compressed, the first time."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _is_plain_visit(request):
            return self.get_response(request)
        request.content_version = content_version()
        if request.content_version is None:
            return self.get_response(request)
        key = _key(request)
        if page := caches["pages"].get(key):
            return _answer(request, page)
        response = self.get_response(request)
        if not getattr(request, "is_public_page", False) or response.status_code != 200 or response.cookies:
            return response
        page = _finished(response, key)
        caches["pages"].set(key, page)
        return _answer(request, page)

    def process_view(self, request, view, args, kwargs):
        if getattr(view, "is_public_page", False) and hasattr(request, "content_version"):
            request.is_public_page = True
            # The compressed forms are made once here; the middleware below must not compress first.
            request.accept_encoding = request.META.pop("HTTP_ACCEPT_ENCODING", "")


def _is_plain_visit(request):
    is_for_machines = request.path in ("/healthz", "/readyz")  # they answer without a database
    has_identity = request.COOKIES or "HTTP_AUTHORIZATION" in request.META
    return request.method == "GET" and not is_for_machines and not has_identity


def _key(request):
    """Address, fragment or page, and the minute."""
    fragment = request.META.get("HTTP_HX_REQUEST", "")
    target = request.META.get("HTTP_HX_TARGET", "") if fragment else ""
    address = f"{request.get_host()}|{request.scheme}|{request.get_full_path()}|{fragment}|{target}|{slot()}"
    return f"page:{request.content_version}:{hashlib.sha256(address.encode()).hexdigest()}"


def _finished(response, key):
    body = response.content
    return {
        "type": response.headers["Content-Type"],
        "headers": {
            name: value for name, value in response.headers.items() if name in ("Content-Language", "Vary", "Link")
        },
        "etag": f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        "": body,
        "br": brotli.compress(body, quality=5),
        "gzip": gzip.compress(body, compresslevel=6, mtime=0),
    }


def _answer(request, page):
    accepted = getattr(request, "accept_encoding", None)
    if accepted is None:
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    encoding = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
    etag = page["etag"][:-1] + (f'-{encoding}"' if encoding else '"')
    if request.META.get("HTTP_IF_NONE_MATCH") == etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(page[encoding], content_type=page["type"])
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(page[encoding]))
    for name, value in page["headers"].items():
        response.headers[name] = value
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie", "HX-Request"])
    return response
