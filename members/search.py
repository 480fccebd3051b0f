"""What search, staff's finder and search engines find of companies and people."""

from django.utils.translation import gettext_lazy as _

from creativenorth.staff.finder import FinderGroup, finder_groups
from creativenorth.web.search import Hit, SearchGroup, search_groups
from creativenorth.web.sitemaps import PublicSitemap, sitemaps
from members.models import Company, Enquiry, User, audience_of
from members.profile.shown import Profile


@sitemaps.register
class MembersSitemap(PublicSitemap):
    section = "members"
    pages = {"members:directory": _("Companies"), "members:join": _("Join"), "members:contact": _("Contact")}

    def querysets(self):
        return [Company.objects.public()]


def _rows(user, question):
    return Company.objects.visible_to(user).for_cards().search(question, audience_of(user))


def _hits(rows, user):
    audience = audience_of(user)
    shown = [Profile(company, audience) for company in rows]
    return [Hit(each.url, each.name, each.tagline, each.municipality_name) for each in shown]


search_groups.register(SearchGroup("companies", _("Companies"), "members:directory", _rows, _hits))
finder_groups.register(
    FinderGroup(Company, "name", lambda company: company.profile.town, rows=Company.objects.with_profile, page="card")
)
finder_groups.register(FinderGroup(User, "name", lambda user: user.email))
finder_groups.register(FinderGroup(Enquiry, "name", lambda enquiry: enquiry.email))
