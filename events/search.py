"""What search, staff's finder and search engines find of activities and those who are signed up."""

from django.db.models import F, Max
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import date_span_text
from creativenorth.search.groups import Hit, SearchGroup, search_groups
from creativenorth.staff.finder import FinderGroup, finder_groups
from creativenorth.web.sitemaps import PublicSitemap, sitemaps
from events.models import Activity, Registration


@sitemaps.register
class EventsSitemap(PublicSitemap):
    section = "events"
    pages = {"events:activities": _("Activities")}

    def querysets(self):
        return [Activity.objects.public()]


def _rows(user, question):
    found = Activity.objects.visible_to(user).search(question)
    found = found.annotate(day=Max("sessions__starts_at"), ends_at=Max("sessions__ends_at"))
    return found.order_by(F("day").desc(nulls_last=True), "-pk")


def _hits(rows, user):
    return [_hit(activity) for activity in rows]


def _hit(activity):
    day = date_span_text(activity.day, activity.ends_at, with_year=True) if activity.day else ""
    meta = capfirst(" · ".join(part for part in (day, activity.place_text) if part))
    state = {"is_cancelled": activity.is_cancelled, "unpublished_text": activity.unpublished_text}
    return Hit(activity.url, activity.title, activity.summary, meta, **state)


search_groups.register(SearchGroup("activities", _("Activities"), "events:activities", _rows, _hits))


def _with_days(row, text):
    """The date first: it tells the activities of a series apart."""
    days = date_span_text(row.first_at, row.last_at) if row.first_at else ""
    return " · ".join(part for part in (days, text) if part)


finder_groups.register(
    FinderGroup(
        Registration,
        "guest_name",
        lambda row: _with_days(row, row.email),
        rows=lambda: Registration.objects.filter(user=None).with_dates(),
        title=_("Guests"),
    )
)
finder_groups.register(
    FinderGroup(
        Activity,
        "title_sv",
        lambda activity: _with_days(activity, activity.place_text),
        rows=lambda: Activity.objects.with_dates(),
        search=Activity.objects.search,
    )
)
