from creativenorth.web.sitemaps import PublicSitemap
from events.models import Activity


class EventsSitemap(PublicSitemap):
    pages = ["events:activities"]

    def querysets(self):
        return [Activity.objects.public()]
