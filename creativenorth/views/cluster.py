"""The front page: who we are, the companies, the road to the goal, what happens next and how to join."""

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
from members.models.visibility import field_shown_to
from members.profile.shown import profiles
from programmes.models import Programme

COMPANIES_ON_THE_WALL = 24
OPEN_PLACES = 6
ACTIVITIES_AHEAD = 4
NEWEST = 3
LONGEST_SCALE = 60


@public_page
@login_not_required
@require_safe
def cluster(request):
    """GET: the front page, also of a portal that has no rows yet."""
    return render(request, "creativenorth/cluster.html", front_page(request))


def front_page(request, cluster=None):
    """What the front page shows; with `cluster` those texts instead of the saved ones."""
    site = site_with(request, cluster)
    companies = list(Company.objects.public().for_cards()[: COMPANIES_ON_THE_WALL + 1])
    audience = audience_of(request.user)
    members, counts = Membership.objects.current().count(), towns(audience)
    return {
        "site": site,
        "cluster": site["cluster"],
        "companies": profiles(companies[:COMPANIES_ON_THE_WALL], audience),
        "has_more_companies": len(companies) > COMPANIES_ON_THE_WALL,
        "open_places": range(members + 1, site["cluster"].goal_companies + 1)[:OPEN_PLACES] if companies else [],
        "road": road(site["cluster"], members) if site["cluster"].headline_sv else None,
        "activities": next_activities(),
        "news": NewsItem.objects.public().defer("folded", "text_sv", "text_en")[:NEWEST],
        "map": company_map(counts) if counts else None,
        "programmes": Programme.objects.public(),
    }


def next_activities():
    """Rows of the next activities that take place."""
    ahead = Session.objects.upcoming().filter(
        activity__in=Activity.objects.public(), activity__cancelled_at__isnull=True
    )
    return [agenda_row(session) for session in ahead.for_rows()[:ACTIVITIES_AHEAD]]


def towns(audience):
    """How many companies show the audience that they are in each municipality."""
    rows = Company.objects.public().filter(field_shown_to(audience, "location")).exclude(municipality="").order_by()
    return dict(rows.values_list("municipality").annotate(Count("pk")))


def road(cluster, count):
    """The scale from nothing to the goal (or past it), and the numbers under it; no scale where it would be a blur."""
    stations = {
        cluster.start_companies: _("companies set out together"),
        cluster.platform_minimum: _("is the least a cluster needs on the European cluster platform"),
        cluster.goal_companies: _("is our goal"),
    }
    if count not in stations:
        stations[count] = _("companies take part today")
    longest = max(cluster.goal_companies, count)
    steps = range(1, longest + 1) if longest <= LONGEST_SCALE else []
    return {
        "count": count,
        "goal": cluster.goal_companies,
        "left": max(cluster.goal_companies - count, 0),
        "steps": [
            {
                "is_taken": step <= count,
                "is_now": step == count,
                "is_milestone": step in stations and step != count,
                "is_goal": step == cluster.goal_companies,
            }
            for step in steps
        ],
        "milestones": [
            {"number": number, "text": stations[number], "is_now": number == count} for number in sorted(stations)
        ],
    }
