"""Staff's start page: what they should see to, and how the cluster is doing."""

from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from creativenorth.dates import date_text, week_text
from creativenorth.drawing.charts import Share, bars
from creativenorth.site.models import Cluster
from creativenorth.staff.todos import Urgency, todos_for
from creativenorth.views.cluster import progress_chart
from events.models import Session
from members.hooks.todos import count_active

MONTHS_BACK, MONTHS_AHEAD = 9, 3
YEAR = timedelta(days=365)


def start_page(user):
    """The page's context; the number of queries depends only on what the person may see."""
    lines = todos_for(user)
    return {
        "today": f"{date_text(timezone.localdate(), with_year=True)}, {week_text(timezone.localdate())}",
        "broken": [line for line in lines if line.urgency == Urgency.BROKEN],
        "todos": _grouped(line for line in lines if line.urgency != Urgency.BROKEN),
        **_cluster(user),
        **_months(user),
    }


def _grouped(lines):
    names = {Urgency.NOW: _("Now"), Urgency.SOON: _("Soon"), Urgency.LATER: _("When you have time")}
    groups = {urgency: [] for urgency in names}
    for line in lines:
        groups[line.urgency].append(line)
    return [
        {"key": urgency.name.lower(), "name": names[urgency], "lines": found}
        for urgency, found in groups.items()
        if found
    ]


def _cluster(user):
    cluster = Cluster.objects.first()
    if cluster is None or not user.has_perm("members.view_company"):
        return {"progress": None, "alive": None}
    alive, members = count_active(timezone.now() - YEAR)
    return {"progress": progress_chart(cluster, members), "alive": Share(alive, members) if members else None}


def _months(user):
    if not user.has_perm("events.view_activity"):
        return {"months": None}
    today = timezone.localdate()
    firsts = [_month(today, number) for number in range(-MONTHS_BACK, MONTHS_AHEAD)]
    beginnings = Session.objects.first_of_each().filter(
        activity__published_at__isnull=False,
        activity__cancelled_at=None,
        starts_at__date__gte=firsts[0],
        starts_at__date__lt=_month(today, MONTHS_AHEAD),
    )
    counts = beginnings.order_by().annotate(month=TruncMonth("starts_at")).values_list("month").annotate(Count("pk"))
    found = {month.date(): count for month, count in counts}
    rows = [
        (
            formats.date_format(first, "M").lower()[:3],
            formats.date_format(first, "F Y").lower(),
            found.get(first, 0),
            first > today,
        )
        for first in firsts
    ]
    return {"months": bars(rows)}


def _month(day, steps):
    """The first day of the month that many steps from the day's own."""
    number = day.year * 12 + day.month - 1 + steps
    return date(number // 12, number % 12 + 1, 1)
