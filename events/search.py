"""What search, staff's finder and search engines find of activities and those who are signed up."""

from django.db.models import F, Max, OuterRef, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import date_span_text, date_text
from creativenorth.staff.finder import FinderGroup, finder_groups
from creativenorth.web.search import Hit, SearchGroup, search_groups
from creativenorth.web.sitemaps import PublicSitemap, sitemaps
from events.models import Activity, Registration, Session


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
finder_groups.register(
    FinderGroup(
        Registration,
        "guest_name",
        lambda row: row.email,
        rows=lambda: Registration.objects.filter(user=None),
        title=_("Guests"),
    )
)


def _with_day():
    sessions = Session.objects.filter(activity=OuterRef("pk")).order_by("-starts_at")
    return Activity.objects.annotate(day=Subquery(sessions.values("starts_at")[:1]))


def _day_and_place(activity):
    day = date_text(activity.day, with_year=True) if activity.day else ""
    return " · ".join(part for part in (day, activity.place_text) if part)


finder_groups.register(
    FinderGroup(Activity, "title_sv", _day_and_place, rows=_with_day, search=Activity.objects.search)
)
