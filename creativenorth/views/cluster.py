"""The front page."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth.drawing.maps import company_map
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
    site = site_with(request, cluster)
    companies = list(Company.objects.public().for_cards()[: COMPANIES_ON_THE_WALL + 1])
    audience = audience_of(request.user)
    members, counts = Membership.objects.current().count(), towns(audience)
    return {
        "site": site,
        "cluster": site["cluster"],
        "companies": [company_card(company, audience) for company in companies[:COMPANIES_ON_THE_WALL]],
        "has_more_companies": len(companies) > COMPANIES_ON_THE_WALL,
        "missing_companies": range(members + 1, site["cluster"].goal_companies + 1)[:MISSING_COMPANIES]
        if companies
        else [],
        "progress": progress_chart(site["cluster"], members) if site["cluster"].headline_sv else None,
        "activities": next_activities(),
        "news": NewsItem.objects.public().defer("folded", "text_sv", "text_en")[:NEWEST],
        "map": company_map(counts) if counts else None,
        "programmes": Programme.objects.public(),
    }


def next_activities():
    ahead = Session.objects.upcoming().filter(
        activity__in=Activity.objects.public(), activity__cancelled_at__isnull=True
    )
    return [agenda_row(session) for session in ahead.for_rows()[:ACTIVITIES_AHEAD]]


def towns(audience):
    """{municipality code: number of companies that show the audience where they are}."""
    shown = Company.objects.public().filter(field_shown_to(audience, "location"))
    rows = shown.filter(public_version__municipality__gt="").order_by()
    return dict(rows.values_list("public_version__municipality").annotate(Count("pk")))


def progress_chart(cluster, count):
    """How many companies take part on the way to the goal: steps of a scale, and milestones; no steps where they would be too many."""
    milestones = {
        cluster.start_companies: _("companies set out together"),
        cluster.platform_minimum: _("is the least a cluster needs on the European cluster platform"),
        cluster.goal_companies: _("is our goal"),
    }
    if count not in milestones:
        milestones[count] = _("companies take part today")
    longest = max(cluster.goal_companies, count)
    steps = range(1, longest + 1) if longest <= LONGEST_CHART else []
    return {
        "count": count,
        "goal": cluster.goal_companies,
        "left": max(cluster.goal_companies - count, 0),
        "steps": [
            {
                "is_taken": step <= count,
                "is_now": step == count,
                "is_milestone": step in milestones and step != count,
                "is_goal": step == cluster.goal_companies,
                "text": milestones.get(step, ""),
            }
            for step in steps
        ],
        "milestones": [
            {"number": number, "text": milestones[number], "is_now": number == count} for number in sorted(milestones)
        ],
    }
