"""The results page: staff's own words, and figures counted from rows."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth.drawing.charts import bars
from creativenorth.drawing.municipalities import BY_CODE
from creativenorth.views.context import site_with
from creativenorth.web.pagecache import cached, public_page
from events.models import Activity, Registration
from members.models import Company, Membership, audience_of
from members.models.affiliation import TargetGroup
from members.models.profile.visibility import field_shown_to

YEARS = 8


@dataclass(frozen=True)
class Figure:
    value: int
    label: str


@public_page
@login_not_required
@require_safe
def results(request):
    """GET: the results; without text and figures a note that there is nothing yet."""
    site = site_with(request)
    counted = cached(request, "results", count_results)
    return render(request, "creativenorth/results.html", {"site": site, "cluster": site["cluster"]} | in_words(counted))


def count_results():
    """All counts, in a fixed number of queries, with the moment of counting."""
    today = timezone.localdate()
    held = Activity.objects.public().filter(cancelled_at=None, is_demo=False, sessions__ends_at__lte=timezone.now())
    seats = Registration.objects.confirmed().filter(activity__in=held)
    people = seats.aggregate(
        seats=Count("pk"),
        groups=Count("target_group", distinct=True, filter=~Q(target_group="")),
        companies=Count("company", distinct=True),
    )
    shown = Company.objects.public().filter(
        field_shown_to(audience_of(AnonymousUser()), "location"), public_version__is_placeholder=False
    )
    return {
        "at": timezone.now(),
        "members": Membership.objects.current().count(),
        "by_year": [(year, _members_on(today, year)) for year in _years(today)],
        "activities": held.distinct().count(),
        "seats": people["seats"],
        "companies": people["companies"],
        "groups": dict(seats.exclude(target_group="").order_by().values_list("target_group").annotate(Count("pk"))),
        "municipalities": dict(
            shown.filter(public_version__municipality__gt="")
            .order_by()
            .values_list("public_version__municipality")
            .annotate(Count("pk"))
        ),
    }


def _years(today):
    """From the year when the first company joined, at most the last eight."""
    years = (
        Membership.objects.order_by("joined_on").annotate(year=ExtractYear("joined_on")).values_list("year", flat=True)
    )
    first = years.first()
    return list(range(first, today.year + 1))[-YEARS:] if first else []


def _members_on(today, year):
    """How many companies took part at the end of the year, or today."""
    day = min(today, today.replace(year=year, month=12, day=31))
    there = Q(joined_on__lte=day) & (Q(left_on=None) | Q(left_on__gt=day))
    return Membership.objects.filter(there).values("company").distinct().count()


def in_words(counted):
    """The counts as the page shows them; zeros are left out."""
    figures = [
        Figure(counted["members"], _("companies take part today")),
        Figure(counted["activities"], _("activities held")),
        Figure(counted["seats"], _("places taken in them")),
        Figure(counted["companies"], _("companies have taken part in activities")),
    ]
    total = sum(counted["groups"].values())
    labels = dict(TargetGroup.choices)
    return {
        "figures": [figure for figure in figures if figure.value],
        "years": bars([(str(year), str(year), count, False) for year, count in counted["by_year"]])
        if len(counted["by_year"]) > 1
        else None,
        "groups": [
            {"label": labels[group], "count": count, "percent": round(100 * count / total)}
            for group, count in sorted(counted["groups"].items(), key=lambda row: -row[1])
        ],
        "municipalities": sorted((BY_CODE[code].name, count) for code, count in counted["municipalities"].items()),
        "counted_at": counted["at"],
    }
