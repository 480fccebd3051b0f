"""Addresses for search engines, security researchers and browsers."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from creativenorth.views.context import site_with
from creativenorth.web.sitemaps import sitemaps

SECURITY_TXT_LIFE = timedelta(days=180)


def _text(lines):
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def robots(request):
    """GET: a demo is closed to search engines; of the portal everything public is open but search results and the calendar."""
    if settings.DEMO:
        return _text(["User-agent: *", "Disallow: /"])
    closed = ["/admin/", *in_both_languages("account_login"), *in_both_languages("search")]
    closed += in_both_languages("events:calendar")
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


def _sections():
    return {each.section: each for each in sitemaps}


@login_not_required
@require_safe
def sitemap_index(request):
    """GET: where each app's sitemap is, with a further part (`?p=`) for every 50,000 addresses."""
    return sitemap_views.index(request, _sections(), sitemap_url_name="sitemap_section")


@login_not_required
@require_safe
def sitemap(request, section):
    """GET: the public addresses of one app in both languages. 404 past the last part, and for no app of ours."""
    return sitemap_views.sitemap(request, _sections(), section)
