from creativenorth.web.sitemaps import PublicSitemap
from programmes.models import Programme


class ProgrammesSitemap(PublicSitemap):
    pages = ["programmes:programmes", "programmes:strategy"]

    def querysets(self):
        return [Programme.objects.public()]
