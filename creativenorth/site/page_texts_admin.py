"""The introductions of the public pages in the admin. Every page has its row: none is added or deleted."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from creativenorth.site.models import PageText


@admin.register(PageText)
class PageTextAdmin(HistoryAdmin):
    list_display = ["page", "lead_sv"]
    reasons = {"add": _("Every page has its introduction already."), "delete": _("The page needs this text.")}

    def get_fieldsets(self, request, obj=None):
        details = [("details_sv", "details_en")] if obj and obj.has_details else []
        return [(None, {"fields": [("lead_sv", "lead_en"), *details]})]

    def get_actions(self, request):
        return {}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
