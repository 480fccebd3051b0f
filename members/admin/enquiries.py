"""What people wrote to the cluster, and how far each has come on the way in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from creativenorth.history_admin import HistoryAdmin
from members.models import Enquiry

WRITTEN = ["kind", "name", "email", "phone", "company_name", "website", "message", "address", "language", "created_at"]


@admin.register(Enquiry)
class EnquiryAdmin(HistoryAdmin):
    """What was written stands as it came; staff keeps stage and notes. Spam is chosen in the list and deleted."""

    list_display = ["created_at", "kind", "name", "company_name", "stage"]
    list_filter = ["stage", "kind"]
    search_fields = ["name", "email", "company_name", "message"]
    date_hierarchy = "created_at"
    readonly_fields = WRITTEN
    fieldsets = [(_("On the way in"), {"fields": ["stage", "notes"]}), (_("What was written"), {"fields": WRITTEN})]

    def has_add_permission(self, request):
        return False
