"""The front page."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth.drawing.maps import CompanyMap
from creativenorth.prepared import prepared
from creativenorth.site.models import NewsItem
from creativenorth.views.context import site_with
from creativenorth.web.pagecache import public_page
from events.models import Activity, Session
from events.pages.agenda import agenda_row
from members.models import Company, Membership, audience_of
from members.models.profile.visibility import field_shown_to
from members.profile.shown import company_card
from programmes.models import Programme

COMPANIES_ON_THE_WALL = 24
MISSING_COMPANIES = 6
ACTIVITIES_AHEAD = 4
NEWEST = 3
LONGEST_CHART = 60


@public_page
@login_not_required
@require_safe
def cluster(request):
    """GET: the front page, also of a portal without rows."""
    return render(request, "creativenorth/cluster.html", front_page(request))


def front_page(request, cluster=None):
    """The page's context; with `cluster` those texts instead of the saved ones."""
    site, audience = site_with(request, cluster), audience_of(request.user)
    companies, towns = _companies(), dict(_members_by_town(audience=audience))
    members = sum(towns.values())
    return {
        "site": site,
        "cluster": site["cluster"],
        "companies": [company_card(company, audience) for company in companies[:COMPANIES_ON_THE_WALL]],
        "has_more_companies": len(companies) > COMPANIES_ON_THE_WALL,
        "missing_companies": range(members + 1, site["cluster"].goal_companies + 1)[:MISSING_COMPANIES]
        if companies
        else [],
        "progress": progress_chart(site["cluster"], members) if site["cluster"].headline_sv else None,
        "activities": [agenda_row(session) for session in _next_activities()],
        "news": _news(),
        "map": CompanyMap.of({code: count for code, count in towns.items() if code}),
        "programmes": _programmes(),
    }


@prepared
def _companies():
    return Company.objects.public().for_cards()[: COMPANIES_ON_THE_WALL + 1]


@prepared
def _next_activities():
    ahead = Session.objects.upcoming().filter(activity__in=Activity.objects.public(), activity__cancelled_at=None)
    return ahead.for_rows()[:ACTIVITIES_AHEAD]


@prepared
def _news():
    return NewsItem.objects.public().defer("folded", "text_sv", "text_en")[:NEWEST]


@prepared
def _programmes():
    return Programme.objects.public().defer("folded", "description_sv", "description_en")


@prepared
def _members_by_town(*, audience):
    """(municipality code, number of member companies); "" for those without one that the audience sees on a public page."""
    shown = Company.objects.filter(
        field_shown_to(audience, "location"), pk=OuterRef("company"), published_at__isnull=False
    )
    town = Coalesce(Subquery(shown.values("public_version__municipality")), Value(""))
    return Membership.objects.current().order_by().annotate(town=town).values_list("town").annotate(Count("pk"))


def progress_chart(cluster, count):
    return ProgressChart(count, cluster.start_companies, cluster.platform_minimum, cluster.goal_companies)


@dataclass(frozen=True)
class ProgressChart:
    """How many companies take part on the way to the goal: steps of a scale, and milestones; no steps where they would be too many."""

    count: int
    start: int
    minimum: int
    goal: int

    @property
    def steps(self):
        longest = max(self.goal, self.count)
        return [
            {
                "is_taken": step <= self.count,
                "is_now": step == self.count,
                "is_milestone": step in self._texts and step != self.count,
                "is_goal": step == self.goal,
                "text": self._texts.get(step, ""),
            }
            for step in (range(1, longest + 1) if longest <= LONGEST_CHART else [])
        ]

    @property
    def milestones(self):
        texts = self._texts
        return [{"number": number, "text": texts[number], "is_now": number == self.count} for number in sorted(texts)]

    @property
    def _texts(self):
        return {self.count: _("companies take part today")} | {
            self.start: _("companies set out together"),
            self.minimum: _("is the least a cluster needs on the European cluster platform"),
            self.goal: _("is our goal"),
        }
