from creativenorth.site.models import NewsItem
from creativenorth.web.sitemaps import PublicSitemap


class SiteSitemap(PublicSitemap):
    pages = ["cluster", "news", "results", "about", "accessibility", "privacy", "cookies"]

    def querysets(self):
        return [NewsItem.objects.public()]
