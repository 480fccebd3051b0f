from creativenorth.web.sitemaps import PublicSitemap
from members.models import Company


class MembersSitemap(PublicSitemap):
    pages = ["members:directory", "members:join", "members:contact"]

    def querysets(self):
        return [Company.objects.public()]
