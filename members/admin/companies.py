"""Companies with their memberships, affiliations and works."""

from django.contrib import admin
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from creativenorth.staff.filters import HappenedFilter, RelatedFilter
from creativenorth.staff.inlines import TabularInline
from creativenorth.text.numbers import whole_number
from members.actions.people import lock_companies
from members.actions.profile.pictures import forget_pictures, pictures_of
from members.actions.profile.taking_down import put_pages_up, take_pages_down
from members.admin.affiliations import AffiliationInline
from members.admin.list_buttons import CardList, duplicates_tool, export_tools, import_tool
from members.hooks.todos import inactive_companies
from members.models import Company, CompanyNote, Membership, ProfileVersion, Work
from members.models.table_import import ImportKind


class MembershipInline(TabularInline):
    model = Membership
    extra = 0


class AffiliationsOfCompany(AffiliationInline):
    fk_name = "company"
    autocomplete_fields = ["user"]
    fields = ["user", "role", "target_group", "title", "is_shown", "started_on", "ended_on"]


class InClusterFilter(admin.SimpleListFilter):
    title = _("in the cluster")
    parameter_name = "member"

    def lookups(self, request, model_admin):
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.members()
        if self.value() == "no":
            return queryset.exclude(pk__in=Company.objects.members().values("pk"))
        return queryset


class InactiveFilter(admin.SimpleListFilter):
    title = _("active lately")
    parameter_name = "life"

    def lookups(self, request, model_admin):
        return [("silent", _("nothing for half a year"))]

    def queryset(self, request, queryset):
        return queryset.filter(pk__in=inactive_companies().values("pk")) if self.value() == "silent" else queryset


def _pictures_of(companies):
    return {name for company in companies for version in company.versions.all() for name in pictures_of(version)}


@admin.register(Company)
class CompanyAdmin(HistoryAdmin):
    """What stands on the company itself. Its profile has a form of its own; putting the page up is an action, not a field."""

    list_display = ["name", "town", "is_in_cluster", "is_published", "has_examples"]
    list_filter = [
        InClusterFilter,
        InactiveFilter,
        ("published_at", HappenedFilter),
        "public_version__is_placeholder",
        ("public_version__sectors", RelatedFilter),
    ]
    search_fields = ["name", "public_version__town", "public_version__email__contains"]
    ordering = ["sort_key"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["published_at"]
    inlines = [MembershipInline, AffiliationsOfCompany]
    further_rows = [(CompanyNote, "company")]
    actions = ["publish", "unpublish"]
    fields = [("name", "slug"), "published_at"]

    def rows_with_texts(self):
        """Those of the public profile, which has a form of its own."""
        return [(ProfileVersion, "public_for"), (Work, "version__public_for")]

    def get_queryset(self, request):
        current = Membership.objects.current().filter(company=OuterRef("pk"))
        return super().get_queryset(request).with_profile().annotate(in_cluster=Exists(current))

    def get_changelist(self, request, **kwargs):
        return CardList

    def list_tools(self, request):
        tools = import_tool(request, ImportKind.COMPANIES), duplicates_tool(request, Company)
        return [*export_tools(request, Company), *tools]

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Locks the company while staff save, as publishing does."""
        with transaction.atomic():
            if request.method == "POST" and (key := whole_number(object_id)):
                lock_companies([key])
            return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            form.save_changed()
        else:
            super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        forget_pictures(_pictures_of([obj]))
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        forget_pictures(_pictures_of(queryset))
        super().delete_queryset(request, queryset)

    @admin.display(description=_("town"), ordering="public_version__town")
    def town(self, company):
        return company.profile.town

    @admin.display(description=_("placeholder"), boolean=True, ordering="public_version__is_placeholder")
    def has_examples(self, company):
        return company.profile.is_placeholder

    @admin.display(description=_("in the cluster"), boolean=True, ordering="in_cluster")
    def is_in_cluster(self, company):
        return company.in_cluster

    @admin.display(description=_("published"), boolean=True, ordering="published_at")
    def is_published(self, company):
        return company.published_at is not None

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request, queryset):
        put_pages_up(by=request.user, companies=queryset)

    @admin.action(description=_("Take down from the site"), permissions=["change"])
    def unpublish(self, request, queryset):
        """The company is mailed and cannot publish the page again itself."""
        take_pages_down(by=request.user, companies=queryset)
