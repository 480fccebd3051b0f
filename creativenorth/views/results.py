"""The results page: staff's own words, and figures counted from rows."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import ExtractYear
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from creativenorth.drawing.charts import bars
from creativenorth.drawing.municipalities import BY_CODE
from creativenorth.text.swedish import sort_key
from creativenorth.views.context import site_with
from creativenorth.web.pagecache import cached, public_page
from events.models import Activity, Registration
from events.models.attendance import has_attended
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
    were_there = Registration.objects.filter(has_attended(), activity__in=held)
    return {
        "at": timezone.now(),
        "members": _members_on(today, today.year),
        "by_year": [(year, _members_on(today, year)) for year in _years(today)],
        "activities": held.distinct().count(),
        "companies": were_there.aggregate(number=Count("company", distinct=True))["number"],
        "groups": dict(were_there.order_by().values_list("target_group").annotate(Count("pk"))),
        "municipalities": _municipalities(),
    }


def _municipalities():
    """{municipality: members that show it}; those that do not, or say none, are counted under ""."""
    shows = field_shown_to(audience_of(AnonymousUser()), "location") & Q(pk__in=Company.objects.public().values("pk"))
    place = Case(When(shows, then=F("public_version__municipality")), default=Value(""))
    rows = Company.objects.members().order_by().annotate(place=place)
    return dict(rows.values_list("place").annotate(Count("pk")))


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
    times = sum(counted["groups"].values())
    figures = [
        Figure(
            counted["members"], ngettext("company takes part today", "companies take part today", counted["members"])
        ),
        Figure(counted["activities"], ngettext("activity held", "activities held", counted["activities"])),
        Figure(times, ngettext("participation in them", "participations in them", times)),
        Figure(
            counted["companies"],
            ngettext("company has been at an activity", "companies have been at activities", counted["companies"]),
        ),
    ]
    labels = dict(TargetGroup.choices) | {"": _("no target group told")}
    places = [(BY_CODE[code].name if code else "", count) for code, count in counted["municipalities"].items()]
    return {
        "figures": [figure for figure in figures if figure.value],
        "years": bars([(str(year), str(year), count, False) for year, count in counted["by_year"]])
        if len(counted["by_year"]) > 1
        else None,
        "groups": [
            {"label": labels[group], "count": count, "percent": round(100 * count / times)}
            for group, count in sorted(counted["groups"].items(), key=lambda row: (row[0] == "", -row[1]))
        ],
        "groups_total": times,
        "municipalities": sorted(places, key=lambda row: (row[0] == "", sort_key(row[0]))),
        "municipalities_total": sum(count for _name, count in places),
        "counted_at": counted["at"],
    }
