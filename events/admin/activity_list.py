"""Staff's list of activities: the next date and the state of each."""

from django.contrib import admin
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import date_span_text, date_text, week_text
from creativenorth.history.admin import HistoryAdmin
from creativenorth.publishing import admin as publishing
from events.models import Session


class StateFilter(publishing.StateFilter):
    """One that is cancelled has no other state."""

    def lookups(self, request, model_admin):
        return [*super().lookups(request, model_admin), ("cancelled", pgettext_lazy("activity", "Cancelled"))]

    def queryset(self, request, queryset):
        if self.value() == "cancelled":
            return queryset.exclude(cancelled_at=None)
        return super().queryset(request, queryset.filter(cancelled_at=None) if self.value() else queryset)


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("upcoming", _("Upcoming")), ("past", _("Past")), ("none", _("No date yet"))]

    def queryset(self, request, queryset):
        conditions = {
            "upcoming": Q(next_at__isnull=False),
            "past": Q(next_at=None, last_at__isnull=False),
            "none": Q(last_at=None),
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


class ActivityList(HistoryAdmin):
    list_display = ["title_sv", "next_date", "state", "kind", "place_text"]
    list_filter = [StateFilter, WhenFilter, "kind", "language"]
    search_fields = ["title_sv", "title_en", "summary_sv", "place"]
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request):
        sessions = Session.objects.filter(activity=OuterRef("pk")).order_by("starts_at")
        ahead = sessions.filter(ends_at__gt=timezone.now())
        return (
            super()
            .get_queryset(request)
            .defer("folded")
            .annotate(
                next_at=Subquery(ahead.values("starts_at")[:1]),
                next_ends_at=Subquery(ahead.values("ends_at")[:1]),
                last_at=Subquery(sessions.order_by("-starts_at").values("starts_at")[:1]),
            )
        )

    def get_ordering(self, request):
        return [F("next_at").asc(nulls_last=True), "-pk"]

    def get_actions(self, request):
        return {}

    @admin.display(description=_("next date"), ordering="next_at")
    def next_date(self, activity):
        if activity.next_at:
            return f"{date_span_text(activity.next_at, activity.next_ends_at)}, {week_text(activity.next_at)}"
        if activity.last_at:
            return gettext("%(day)s, over") % {"day": date_text(activity.last_at)}
        return gettext("no date yet")

    @admin.display(description=_("state"))
    def state(self, activity):
        return pgettext("activity", "Cancelled") if activity.is_cancelled else activity.state_text

    @admin.display(description=_("place"))
    def place_text(self, activity):
        return activity.place_text
