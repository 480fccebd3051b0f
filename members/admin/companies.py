"""Companies with their memberships, affiliations and works."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import WEB_ADDRESSES, HistoryAdmin
from creativenorth.staff.filters import HappenedFilter, RelatedFilter
from creativenorth.staff.inlines import TabularInline
from creativenorth.web.concurrent_edits import OptimisticLockForm
from members.actions.people import lock_companies
from members.actions.profile.pictures import forget_pictures, pictures_of
from members.actions.profile.taking_down import put_pages_up, take_pages_down
from members.admin.affiliations import AffiliationInline
from members.admin.list_buttons import CardList, duplicates_tool, export_tools, import_tool, merge_chosen
from members.hooks.todos import inactive_companies
from members.models import Company, CompanyNote, LookingFor, Membership, Work
from members.models.table_import import ImportKind
from members.permissions import may_merge


class MembershipInline(TabularInline):
    model = Membership
    extra = 0


class AffiliationsOfCompany(AffiliationInline):
    fk_name = "company"
    autocomplete_fields = ["user"]
    fields = ["user", "role", "target_group", "title", "is_shown", "started_on", "ended_on"]


class WorkInline(admin.StackedInline):
    model = Work
    form = OptimisticLockForm
    formfield_overrides = WEB_ADDRESSES
    extra = 0
    fields = [
        ("title_sv", "title_en"),
        ("text_sv", "text_en"),
        "picture",
        ("alt_sv", "alt_en"),
        ("website", "year", "order"),
    ]


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


@admin.register(Company)
class CompanyAdmin(HistoryAdmin):
    """Publishing is an action, not a field."""

    list_display = ["name", "town", "is_in_cluster", "is_published", "is_placeholder"]
    list_filter = [
        InClusterFilter,
        InactiveFilter,
        ("published_at", HappenedFilter),
        "is_placeholder",
        ("sectors", RelatedFilter),
    ]
    search_fields = ["name", "town", "email__contains"]
    ordering = ["sort_key"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["published_at"]
    inlines = [MembershipInline, AffiliationsOfCompany, WorkInline]
    further_rows = [(CompanyNote, "company")]
    actions = ["publish", "unpublish", merge_chosen]
    fieldsets = [
        (None, {"fields": [("name", "slug"), ("is_placeholder", "published_at")]}),
        (_("Pictures"), {"fields": ["logo", "cover", ("cover_alt_sv", "cover_alt_en"), "cover_crop"]}),
        (_("Texts"), {"fields": [("tagline_sv", "tagline_en"), ("description_sv", "description_en")]}),
        (_("What the company does"), {"fields": ["sectors", "skills", "looking_for"]}),
        (_("Place and contact"), {"fields": [("municipality", "town"), ("website", "email", "phone")]}),
    ]

    def get_queryset(self, request):
        current = Membership.objects.current().filter(company=OuterRef("pk"))
        return super().get_queryset(request).annotate(in_cluster=Exists(current))

    def get_changelist(self, request, **kwargs):
        return CardList

    def has_merge_permission(self, request):
        return may_merge(request.user)

    def list_tools(self, request):
        tools = import_tool(request, ImportKind.COMPANIES), duplicates_tool(request, Company)
        return [*export_tools(request, Company), *tools]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in ("sectors", "skills"):
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "looking_for":
            return forms.MultipleChoiceField(
                label=capfirst(str(db_field.verbose_name)),
                choices=LookingFor.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Locks the company while staff save, as publishing does."""
        with transaction.atomic():
            if request.method == "POST" and object_id:
                lock_companies([object_id])
            return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            form.save_changed()
        else:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Deletes the files of pictures that staff have replaced or cleared."""
        before = pictures_of(form.instance) | {
            form[name].initial.name for name in ("logo", "cover") if form[name].initial
        }
        super().save_related(request, form, formsets, change)
        forget_pictures(before - pictures_of(Company.objects.get(pk=form.instance.pk)))

    def delete_model(self, request, obj):
        forget_pictures(pictures_of(obj))
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        forget_pictures({name for company in queryset for name in pictures_of(company)})
        super().delete_queryset(request, queryset)

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
