"""Memberships of companies in the cluster."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from creativenorth.staff.filters import HappenedFilter
from members.admin.list_buttons import export_tools
from members.models import Membership


@admin.register(Membership)
class MembershipAdmin(HistoryAdmin):
    list_display = ["company", "joined_on", "left_on"]
    list_filter = [("left_on", HappenedFilter)]
    list_select_related = ["company"]
    search_fields = ["company__name"]
    autocomplete_fields = ["company"]
    date_hierarchy = "joined_on"
    fieldsets = [
        (
            None,
            {
                "fields": ["company", ("joined_on", "left_on")],
                "description": _("The end date is the first day that no longer counts."),
            },
        )
    ]

    def list_tools(self, request):
        return export_tools(request, Membership)
