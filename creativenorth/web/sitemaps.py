"""What an app's sitemap is made from: its pages and public rows, each in both languages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from creativenorth.hooks import Hook

sitemaps = Hook("Values: each a `PublicSitemap`, one for an app.")


class PublicSitemap(Sitemap):
    """The addresses of `pages`, by name, and of the rows that `querysets` gives; each names itself in both languages."""

    section = ""  # its name in the address
    pages = {}  # {name of the address: title}
    i18n = alternates = True

    def querysets(self):
        """Of the models whose rows have pages of their own: what everybody may see."""
        return []

    def items(self):
        rows = (row for queryset in self.querysets() for row in queryset.order_by("slug").only("slug"))
        return [*self.pages, *rows]

    def location(self, item):
        return reverse(item) if isinstance(item, str) else item.get_absolute_url()

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc
