"""What search, staff's finder and search engines find of the news and of pages that belong to no app."""

from django.utils.translation import gettext_lazy as _

from creativenorth.dates import date_text
from creativenorth.search.groups import Hit, SearchGroup, search_groups
from creativenorth.site.models import NewsItem
from creativenorth.web.sitemaps import PublicSitemap, sitemaps


@sitemaps.register
class SiteSitemap(PublicSitemap):
    section = "site"
    pages = {
        "cluster": _("Front page"),
        "news": _("News"),
        "results": _("Results"),
        "about": _("About the project"),
        "accessibility": _("Accessibility"),
        "privacy": _("Personal data"),
        "cookies": _("Cookies"),
    }

    def querysets(self):
        return [NewsItem.objects.public()]


def _rows(user, question):
    return NewsItem.objects.visible_to(user).search(question)


def _hits(rows, user):
    return [_hit(item) for item in rows]


def _hit(item):
    day = date_text(item.published_at, with_year=True) if item.published_at else ""
    return Hit(item.url, item.title, item.summary, day, unpublished_text=item.unpublished_text)


search_groups.register(SearchGroup("news", _("News"), "news", _rows, _hits))
