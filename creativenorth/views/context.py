"""What every page shows around its content: the cluster's contact, the present project and its funders, languages."""

from contextlib import suppress

from django.conf import settings
from django.contrib.sites.requests import RequestSite
from django.db import DatabaseError
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from creativenorth.site.models import Cluster, NewsItem, PageText
from creativenorth.web.pagecache import cached, versions_of
from programmes.models import Project, Strategy


def facts():
    """Cluster, present project and funders, page introductions, and which pages exist.

    Cached under the version of the frame: each model that is read here is marked `@public_data(frame=True)`.
    """
    project = Project.objects.filter(is_present=True).prefetch_related("funders").first()
    return {
        "cluster": Cluster.objects.first(),
        "project": project,
        "funders": list(project.funders.all()) if project else [],
        "pages": PageText.of_all_pages(),
        "has_news": NewsItem.objects.public().exists(),
        "has_strategy": Strategy.objects.public().exists(),
    }


def _languages(request):
    query = request.META.get("QUERY_STRING", "")
    for code, name in (("sv", "Svenska"), ("en", "English")):
        url = request.path if code == get_language() else _same_page(request, code)
        yield {
            "code": code,
            "name": name,
            "path": url,
            "url": f"{url}?{query}" if query else url,
            "absolute": settings.SITE_URL + url,
            "current": code == get_language(),
        }


def _same_page(request, language):
    """The page's path in the language; its own path where the language has no such page."""
    match = request.resolver_match
    if match is None:
        return request.path
    try:
        with override(language):
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return request.path


def site(request):
    """Context processor: `site` in every template, computed only where a page uses it."""

    return {"site": SimpleLazyObject(lambda: _Site(request))}


class _Site(dict):
    """What follows from the request; the facts are read where a page, or a part of the frame that is not kept yet, shows one."""

    def __init__(self, request):
        self.request = request
        try:
            version = versions_of(request).frame
        except DatabaseError:
            version = None
        super().__init__(
            frame_version=version,
            section=request.resolver_match and request.resolver_match.view_name,
            demo=settings.DEMO,
            languages=list(_languages(request)),
            canonical=settings.SITE_URL + request.path,
            url=settings.SITE_URL,
        )

    def __missing__(self, name):
        self.read_facts()
        return dict(self)[name]

    def read_facts(self):
        """None of them without a database."""
        with suppress(DatabaseError):
            self.update(cached(self.request, "site", facts, under="frame"))


def site_with(request, cluster=None):
    """`site` with the given cluster's texts, else the saved ones, else empty ones."""
    own = _Site(request)
    own.read_facts()
    if cluster:
        own |= {"cluster": cluster, "frame_version": None}  # what is kept shows the saved texts
    return {"project": None, "funders": []} | own | {"cluster": own.get("cluster") or Cluster(name="Creative North")}


class OwnSiteMiddleware:
    """Some of allauth's pages have a `site` of their own in their context, which would hide ours."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        if isinstance((response.context_data or {}).get("site"), RequestSite):
            del response.context_data["site"]
        return response
