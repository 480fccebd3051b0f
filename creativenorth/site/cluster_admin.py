"""The cluster's texts in the admin: one row, both languages side by side, with a preview before saving."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from creativenorth.site.models import Cluster

CONTACT = ("contact_name", "contact_email", "contact_phone")


def both(name):
    return (f"{name}_sv", f"{name}_en")


@admin.register(Cluster)
class ClusterAdmin(HistoryAdmin):
    """GET of the list leads straight to the one row, or to adding it. It is never deleted."""

    change_form_template = "admin/creativenorth/cluster/change_form.html"
    reasons = {"add": _("There is one cluster."), "delete": _("The public pages need these texts.")}
    fieldsets = [
        (_("Front page"), {"fields": ["name", both("headline"), both("lead"), both("why")]}),
        (
            _("The road to the goal"),
            {"fields": [both("progress"), ("start_companies", "platform_minimum", "goal_companies")]},
        ),
        (
            _("Short lines"),
            {"fields": [both("activities"), both("programmes"), both("towns"), both("footer")]},
        ),
        (_("Invitation and contact"), {"fields": [both("invitation"), CONTACT]}),
        (
            _("About the project"),
            {"fields": [both("about"), both("results"), both("strategy")], "description": _("Markdown.")},
        ),
        (_("The companies' own pages"), {"fields": ["reviews_profiles"]}),
        (_("Personal data"), {"fields": [both("privacy")], "description": _("Markdown.")}),
        (
            _("Accessibility"),
            {"fields": [both("barriers"), ("accessibility_status", "accessibility_assessed_on")]},
        ),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The two columns of a text have the same label; the form adds the language."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name.endswith(("_sv", "_en")):
            language = _("in Swedish") if db_field.name.endswith("_sv") else _("in English")
            field.label = f"{field.label}, {language}"
        return field

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Cluster.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if Cluster.objects.exists():
            return HttpResponseRedirect(reverse("admin:creativenorth_cluster_change", args=[1]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:creativenorth_cluster_add"))
        return super().changelist_view(request, extra_context)

    def save_model(self, request, obj, form, change):
        obj.pk = 1
        super().save_model(request, obj, form, change)
