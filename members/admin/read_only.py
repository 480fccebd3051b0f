"""Lists to read only; some rows have pages of their own (members.staff)."""

from django.contrib import admin

from creativenorth.history.admin import HistoryAdmin
from members.models import Export, Import, NumberReading
from members.permissions import may_import


class ReadOnlyAdmin(HistoryAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """Who has taken which list out of the portal, and when."""

    list_display = ["made_at", "what", "form", "narrowed", "row_count", "made_by"]
    list_select_related = ["made_by"]
    search_fields = ["made_by__name", "made_by__email__contains", "what"]
    date_hierarchy = "made_at"
    list_per_page = 50


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """The table is not changed; the steps of an import are pages of their own."""

    list_display = ["file_name", "kind", "state", "row_count", "made_by", "made_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["made_by"]
    search_fields = ["file_name"]
    list_per_page = 50

    def has_add_permission(self, request):
        return may_import(request.user)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("sealed_table")


@admin.register(NumberReading)
class NumberReadingAdmin(ReadOnlyAdmin):
    """Who has read which sole trader's number in full, and when."""

    list_display = ["at", "company", "reader"]
    list_select_related = ["company", "reader"]
    search_fields = ["company__name", "reader__name", "reader__email__contains"]
    date_hierarchy = "at"
