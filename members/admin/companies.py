"""Companies and all that belongs to one: memberships, people with their place, works."""

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.history_admin import WEB_ADDRESSES, HistoryAdmin
from members.admin.company_numbers import WithNumber
from members.models import Affiliation, Company, LookingFor, Membership, Work


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0


class AffiliationInline(admin.TabularInline):
    """A place is given an end, never deleted: what somebody took part in hangs on it."""

    model = Affiliation
    fk_name = "company"
    extra = 0
    can_delete = False
    autocomplete_fields = ["user"]
    fields = ["user", "role", "target_group", "title", "is_shown", "started_on", "ended_on"]


class WorkInline(admin.StackedInline):
    model = Work
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


@admin.register(Company)
class CompanyAdmin(WithNumber, HistoryAdmin):
    """Both languages side by side. Publishing is an action, since it is a moment and not a text."""

    list_display = ["name", "town", "is_in_cluster", "is_published", "is_placeholder"]
    list_filter = [InClusterFilter, ("published_at", admin.EmptyFieldListFilter), "is_placeholder", "sectors"]
    search_fields = ["name", "town", "email"]
    ordering = ["sort_key"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["sectors", "skills"]
    readonly_fields = ["published_at"]
    inlines = [MembershipInline, AffiliationInline, WorkInline]
    actions = ["publish", "unpublish"]
    fieldsets = [
        (None, {"fields": [("name", "slug"), ("is_placeholder", "published_at"), "logo"]}),
        (_("Texts"), {"fields": [("tagline_sv", "tagline_en"), ("description_sv", "description_en")]}),
        (_("What the company does"), {"fields": ["sectors", "skills", "looking_for"]}),
        (_("Place and contact"), {"fields": [("municipality", "town"), ("website", "email", "phone")]}),
    ]

    def get_queryset(self, request):
        current = Membership.objects.current().filter(company=OuterRef("pk"))
        return super().get_queryset(request).annotate(in_cluster=Exists(current))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "looking_for":
            return forms.MultipleChoiceField(
                label=capfirst(str(db_field.verbose_name)),
                choices=LookingFor.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("in the cluster"), boolean=True, ordering="in_cluster")
    def is_in_cluster(self, company):
        return company.in_cluster

    @admin.display(description=_("published"), boolean=True, ordering="published_at")
    def is_published(self, company):
        return company.published_at is not None

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request, queryset):
        queryset.filter(published_at=None).update(published_at=timezone.now())

    @admin.action(description=_("Take down from the site"), permissions=["change"])
    def unpublish(self, request, queryset):
        queryset.update(published_at=None)
