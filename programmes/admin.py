"""Programmes, projects and strategies in the admin."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse, translate_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import WEB_ADDRESSES, HistoryAdmin
from creativenorth.publishing.admin import PublishedAtAdmin, StateFilter
from creativenorth.publishing.scheduled_texts_admin import ScheduledTextsAdmin
from creativenorth.staff.filters import RelatedFilter
from creativenorth.staff.inlines import TabularInline
from programmes.models import Funder, Programme, Project, Strategy
from programmes.permissions import may_edit
from programmes.staff.programmes import publication


class PublishedFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("draft", _("Draft")), ("published", _("Published"))]

    def queryset(self, request, queryset):
        if self.value() in ("draft", "published"):
            return queryset.filter(published_at__isnull=self.value() == "draft")
        return queryset


@admin.register(Programme)
class ProgrammeAdmin(ScheduledTextsAdmin):
    change_form_template = "admin/programmes/programme/change_form.html"
    reasons = {"delete": _("It is public: make it a draft first.")}
    list_display = ["title_sv", "target_group", "state", "project", "order"]
    list_filter = [PublishedFilter, "target_group", ("project", RelatedFilter)]
    list_select_related = ["project"]
    search_fields = ["title_sv", "title_en", "summary_sv"]
    show_full_result_count = False
    view_on_site = False
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
    ]

    def get_readonly_fields(self, request, obj=None):
        """The address of what has been public is not changed, or links to it would break."""
        return ["slug"] if obj and not obj.is_draft else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title_sv"]}

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def get_actions(self, request):
        return {}

    @admin.display(description=_("state"))
    def state(self, programme):
        return gettext("Draft") if programme.is_draft else gettext("Published")

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["can_publish"] = may_edit(request.user) and (obj is None or obj.is_draft)
        if obj:
            context["preview_urls"] = [(code, translate_url(obj.url, code)) for code in ("sv", "en")]
            context["can_withdraw"] = may_edit(request.user) and not obj.is_draft
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_post_save_add(self, request, obj):
        return self._after_saving(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._after_saving(request, obj) or super().response_post_save_change(request, obj)

    def _after_saving(self, request, programme):
        return publication(request, programme.pk) if "_publish" in request.POST else None


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


@admin.register(Strategy)
class StrategyAdmin(PublishedAtAdmin, ScheduledTextsAdmin):
    list_display = ["title_sv", "years", "state"]
    list_filter = [StateFilter]
    search_fields = ["title_sv", "title_en"]
    view_on_site = False
    fieldsets = [
        (_("What it is called"), {"fields": [("title_sv", "title_en"), ("starts_on", "ends_on")]}),
        (_("The text"), {"fields": [("text_sv", "text_en"), "document"]}),
        (_("Publishing"), {"fields": ["published_at"]}),
    ]

    def get_actions(self, request):
        return {}

    @admin.display(description=_("years"), ordering="starts_on")
    def years(self, strategy):
        return strategy.years

    def preview_urls(self, strategy):
        page = f"{reverse('programmes:strategy')}?id={strategy.pk}"
        return [(code, translate_url(page, code)) for code in ("sv", "en")]
