"""One search over companies, activities, programmes and news."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.db.models import F, Max
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth import dates
from creativenorth.site.models import NewsItem
from creativenorth.text.swedish import words
from events.models import Activity
from members.models import Company, audience_of
from members.profile.shown import Profile
from programmes.models import Programme

HITS_PER_GROUP = 20
LONGEST_QUESTION = 100
_STANDS = {"is_cancelled": False, "unpublished_text": ""}


@login_not_required
@require_safe
def search(request):
    """GET ?q=: what the person may see that has every word, in groups; without words the empty form."""
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUESTION]
    groups = _groups(request.user, question) if words(question) else []
    found = [group for group in groups if group["count"]]
    context = {"question": question, "groups": found, "count": sum(group["count"] for group in found)}
    return render(request, "creativenorth/search.html", context | {"has_searched": bool(groups)})


def _groups(user, question):
    audience = audience_of(user)
    activities = (
        Activity.objects.visible_to(user)
        .search(question)
        .annotate(day=Max("sessions__starts_at"), ends_at=Max("sessions__ends_at"))
    )
    return [
        _group(
            "companies",
            _("Companies"),
            "members:directory",
            Company.objects.visible_to(user).for_cards().search(question, audience),
            partial(_company, audience),
        ),
        _group(
            "activities",
            _("Activities"),
            "events:activities",
            activities.order_by(F("day").desc(nulls_last=True), "-pk"),
            _activity,
        ),
        _group(
            "programmes",
            _("Programmes"),
            "programmes:programmes",
            Programme.objects.visible_to(user).search(question),
            _programme,
        ),
        _group("news", _("News"), "news", NewsItem.objects.visible_to(user).search(question), _news),
    ]


def _group(name, title, list_route, rows, as_hit):
    """All rows are counted only where there are more than are shown."""
    first = list(rows[: HITS_PER_GROUP + 1])
    return {
        "name": name,
        "title": title,
        "list_route": list_route,
        "count": len(first) if len(first) <= HITS_PER_GROUP else rows.count(),
        "hits": [as_hit(row) for row in first[:HITS_PER_GROUP]],
        "has_more": len(first) > HITS_PER_GROUP,
    }


def _company(audience, found):
    company = Profile(found, audience)
    return {
        "url": company.url,
        "title": company.name,
        "text": company.tagline,
        "meta": company.municipality_name,
    } | _STANDS


def _activity(activity):
    day = dates.date_span_text(activity.day, activity.ends_at, with_year=True) if activity.day else ""
    meta = capfirst(" · ".join(part for part in (day, activity.place_text) if part))
    return {
        "url": activity.url,
        "title": activity.title,
        "text": activity.summary,
        "meta": meta,
        "is_cancelled": activity.is_cancelled,
        "unpublished_text": activity.unpublished_text,
    }


def _programme(programme):
    return {
        "url": programme.url,
        "title": programme.title,
        "text": programme.summary,
        "meta": capfirst(programme.target_group_text),
        "is_cancelled": False,
        "unpublished_text": programme.unpublished_text,
    }


def _news(item):
    return {
        "url": item.url,
        "title": item.title,
        "text": item.summary,
        "meta": dates.date_text(item.published_at, with_year=True) if item.published_at else "",
        "is_cancelled": False,
        "unpublished_text": item.unpublished_text,
    }
