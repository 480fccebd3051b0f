"""Programmes, projects and strategies in the admin."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import WEB_ADDRESSES, HistoryAdmin
from creativenorth.publishing.admin import PublishableAdmin, StateFilter
from creativenorth.staff.filters import RelatedFilter
from creativenorth.staff.inlines import TabularInline
from creativenorth.text.numbers import whole_number
from events.funding import activity_inlines
from programmes.forms import ActivityFundingForm, ActivityFundingFormSet
from programmes.models import ActivityFunding, Funder, Programme, Project, Strategy


@admin.register(Programme)
class ProgrammeAdmin(PublishableAdmin):
    list_display = ["title_sv", "target_group", "state", "project", "order"]
    list_filter = [StateFilter, "target_group", ("project", RelatedFilter)]
    list_select_related = ["project"]
    search_fields = ["title_sv", "title_en", "summary_sv"]
    show_full_result_count = False
    prepopulated_fields = {"slug": ["title_sv"]}
    fieldsets = [
        (_("What it is called"), {"fields": [("title_sv", "title_en"), "slug", ("summary_sv", "summary_en")]}),
        (
            _("What happens"),
            {
                "fields": [("description_sv", "description_en")],
                "description": _("Write as in a letter: an empty line between paragraphs, a hyphen before each point."),
            },
        ),
        (_("For whom, and who pays"), {"fields": ["target_group", "project", "order"]}),
        (_("When it shows"), {"fields": ["published_at"]}),
    ]


class FunderInline(TabularInline):
    model = Funder
    formfield_overrides = WEB_ADDRESSES
    fields = ["order", "name_sv", "name_en", "logo", "website"]
    extra = 0


@admin.register(Project)
class ProjectAdmin(HistoryAdmin):
    inlines = [FunderInline]
    list_display = ["name_sv", "reference", "period", "starts_on", "ends_on", "is_present", "funder_count"]
    list_filter = ["period", "is_present"]
    search_fields = ["name_sv", "name_en", "reference"]
    view_on_site = False
    fieldsets = [
        (_("The project"), {"fields": [("name_sv", "name_en"), ("summary_sv", "summary_en"), "is_present"]}),
        (_("Funding"), {"fields": [("reference", "period"), ("starts_on", "ends_on"), "budget_sek"]}),
        (_("Papers"), {"fields": [("final_payment_on", "documents_kept_until")]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(funder_total=Count("funders"))

    def get_actions(self, request):
        return {}

    @admin.display(description=_("funders"))
    def funder_count(self, project):
        return project.funder_total


@activity_inlines.register
class ActivityFundingInline(admin.StackedInline):
    model = ActivityFunding
    form = ActivityFundingForm
    formset = ActivityFundingFormSet
    fields = ["project", "is_selective", "default_role"]
    extra = 1
    max_num = 1

    def summary(self, formset):
        """The project in the form, also where it is only filled in."""
        chosen = formset.forms[0]["project"].value() if formset.forms else None
        project = Project.objects.filter(pk=whole_number(str(chosen or "")) or 0).first()
        return str(project or gettext("none"))


@admin.register(Strategy)
class StrategyAdmin(PublishableAdmin):
    list_display = ["title_sv", "years", "state"]
    list_filter = [StateFilter]
    search_fields = ["title_sv", "title_en"]
    fieldsets = [
        (_("What it is called"), {"fields": [("title_sv", "title_en"), ("starts_on", "ends_on")]}),
        (_("The text"), {"fields": [("text_sv", "text_en"), "document"]}),
        (_("When it shows"), {"fields": ["published_at"]}),
    ]

    @admin.display(description=_("years"), ordering="starts_on")
    def years(self, strategy):
        return strategy.years

    def page_url(self, strategy):
        return f"{reverse('programmes:strategy')}?id={strategy.pk}"
