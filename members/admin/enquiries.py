"""The list of enquiries with its pipeline. Each enquiry has pages of its own (members.staff.enquiries)."""

from django.contrib import admin, messages
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from members.actions.pipeline import mark_spam, remove_spam
from members.admin.list_buttons import export_tools
from members.models import PIPELINE_STAGES, Enquiry, EnquiryStep
from members.permissions import may_answer_enquiries

CLOSED_STAGES = [Enquiry.Stage.DECLINED, Enquiry.Stage.SPAM]


def pipeline():
    """Every stage with its number of enquiries and the median days spent there; two queries."""
    counts = dict(Enquiry.objects.order_by().values_list("stage").annotate(Count("pk")))
    stays = EnquiryStep.objects.median_stays()
    for stage in [*PIPELINE_STAGES, *CLOSED_STAGES]:
        stay = stays.get(stage) if stage in PIPELINE_STAGES[:-1] else None
        yield {
            "stage": stage.value,
            "name": stage.label,
            "count": counts.get(stage.value, 0),
            "days": None if stay is None else round(stay.total_seconds() / 86400, 1),
            "is_end": stage in CLOSED_STAGES,
        }


class WhoseFilter(admin.SimpleListFilter):
    title = _("responsible")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("me")), ("nobody", _("nobody yet"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(responsible=request.user)
        return queryset.filter(responsible=None) if self.value() == "nobody" else queryset


@admin.register(Enquiry)
class EnquiryAdmin(HistoryAdmin):
    """A list to read; leads are entered on a page of their own. Spam is marked, and marked spam deleted, by actions."""

    list_display = ["who", "kind", "stage", "days", "responsible", "next_step", "remind_on", "created_at"]
    list_filter = ["stage", "kind", WhoseFilter, "source"]
    list_select_related = ["responsible"]
    search_fields = ["name", "email__contains", "company_name", "message", "phone"]
    show_full_result_count = False
    list_per_page = 50
    actions = ["mark_as_spam", "delete_spam"]

    def has_add_permission(self, request):
        return may_answer_enquiries(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def has_answer_permission(self, request):
        return may_answer_enquiries(request.user)

    def list_tools(self, request):
        return export_tools(request, Enquiry)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("message")

    def changelist_view(self, request, extra_context=None):
        chosen = request.GET.get("stage__exact", "")
        shown = {"pipeline": list(pipeline()), "chosen_stage": chosen} if self.has_view_permission(request) else {}
        return super().changelist_view(request, shown | (extra_context or {}))

    @admin.display(description=_("who"), ordering="company_name")
    def who(self, enquiry):
        return " · ".join(part for part in (enquiry.company_name, enquiry.name) if part) or gettext("no name")

    @admin.display(description=_("days there"), ordering="-stage_since")
    def days(self, enquiry):
        return "" if enquiry.is_over else (timezone.now() - enquiry.stage_since).days

    @admin.action(description=_("Mark as spam"), permissions=["answer"])
    def mark_as_spam(self, request, queryset):
        count = mark_spam(by=request.user, enquiries=queryset)
        text = ngettext("%d enquiry is marked as spam.", "%d enquiries are marked as spam.", count) % count
        self.message_user(request, text, messages.SUCCESS)

    @admin.action(description=_("Delete what is marked as spam, for good"), permissions=["delete"])
    def delete_spam(self, request, queryset):
        count = remove_spam(by=request.user, enquiries=queryset)
        text = ngettext("%d enquiry is gone.", "%d enquiries are gone.", count) % count
        self.message_user(request, text, messages.SUCCESS)
