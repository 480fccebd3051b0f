"""Addresses for search engines, security researchers and browsers."""

from datetime import timedelta
from itertools import chain
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import CharField, Value
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from creativenorth.site.models import NewsItem
from creativenorth.views.context import site_with
from events.models import Activity
from members.models import Company
from programmes.models import Programme

PAGES = [
    "cluster", "members:directory", "events:activities", "programmes:programmes", "news", "programmes:strategy",
    "results", "about", "members:join", "members:contact", "accessibility", "privacy", "cookies",
]  # fmt: skip
ADDRESSES_PER_SITEMAP = 50_000
SECURITY_TXT_LIFE = timedelta(days=180)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
_INDEX_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)


def _text(lines):
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots(request):
    """GET: a demo is closed to search engines; of the portal everything public is open but search results."""
    if settings.DEMO:
        return _text(["User-agent: *", "Disallow: /"])
    closed = ["/admin/", *in_both_languages("account_login"), *in_both_languages("search")]
    return _text(
        ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    )


@login_not_required
@require_safe
def security(request):
    """GET: security.txt (RFC 9116), with the contact page and the cluster's address."""
    email = site_with(request)["cluster"].contact_email
    expires = (timezone.now() + SECURITY_TXT_LIFE).replace(hour=0, minute=0, second=0, microsecond=0)
    contact = settings.SITE_URL + in_both_languages("members:contact")[0]
    return _text(
        [
            f"Contact: {contact}",
            *([f"Contact: mailto:{email}"] if email else []),
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: sv, en",
            f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        ]
    )


@login_not_required
@require_safe
def favicon(request):
    """GET: redirects to the picture."""
    return HttpResponseRedirect(static("img/favicon.svg"), headers={"Cache-Control": "public, max-age=86400"})


def in_both_languages(name, *args):
    """[Swedish path, English path] of one page."""
    paths = []
    for code in ("sv", "en"):
        with translation.override(code):
            paths.append(reverse(name, args=args))
    return paths


@login_not_required
@require_safe
def sitemap(request):
    """GET: every public address in both languages; above 50,000 of them an index of `?page=` parts. 404 past the end."""
    rows_per_part = ADDRESSES_PER_SITEMAP // 2
    total = len(PAGES) + sum(rows.count() for rows in _public_rows())
    parts = -(-total // rows_per_part)
    page = request.GET.get("page", "")
    if not page and parts > 1:
        return StreamingHttpResponse(_index(parts), content_type="application/xml")
    number = int(page) if page.isdecimal() and len(page) < 7 else 1 if not page else 0
    if not 1 <= number <= parts:
        raise Http404
    return StreamingHttpResponse(_urlset(number, rows_per_part), content_type="application/xml")


def _public_rows():
    return [
        model.objects.public().order_by().values_list(Value(route, CharField()), "slug")
        for route, model in (
            ("members:company", Company), ("events:activity", Activity), ("programmes:programme", Programme),
            ("news_item", NewsItem),
        )
    ]  # fmt: skip


def _urlset(number, rows_per_part):
    """One part of the sitemap, line by line; the fixed pages stand first in the first part."""
    start = (number - 1) * rows_per_part - len(PAGES)
    pages = (in_both_languages(name) for name in PAGES) if number == 1 else ()
    first, *others = _public_rows()
    rows = first.union(*others, all=True).order_by("slug")[max(start, 0) : start + rows_per_part]
    folders = {}
    yield _HEAD
    for paths in chain(pages, _row_paths(rows, folders)):
        yield _pair([escape(settings.SITE_URL + path) for path in paths])
    yield "</urlset>\n"


def _row_paths(rows, folders):
    for route, slug in rows.iterator(chunk_size=2000):
        if route not in folders:
            folders[route] = [path.removesuffix("slug/") for path in in_both_languages(route, "slug")]
        yield [f"{folder}{slug}/" for folder in folders[route]]


def _pair(addresses):
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in zip(("sv", "en"), addresses, strict=True)
    )
    return "".join(f"<url><loc>{address}</loc>{alternates}</url>\n" for address in addresses)


def _index(parts):
    yield _INDEX_HEAD
    for number in range(1, parts + 1):
        yield f"<sitemap><loc>{escape(settings.SITE_URL)}/sitemap.xml?page={number}</loc></sitemap>\n"
    yield "</sitemapindex>\n"
