"""A list as a file: exactly what is filtered, for those who may, and noted who took it.

A model admin names its `export_columns`: (heading, function of the row); rows come from the list's own queryset.
"""

import tempfile

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from creativenorth import spreadsheets
from creativenorth.history_admin import HistoryAdmin
from creativenorth.swedish import fold
from members.models import Export
from members.permissions import may_export

FORMS = {
    "xlsx": (_("Export to Excel"), spreadsheets.write_xlsx, spreadsheets.XLSX),
    "csv": (_("Export as CSV"), spreadsheets.write_csv, spreadsheets.CSV),
}
CHUNK = 500
OF_THE_PAGE = {"p", "all", "o", "e", "_changelist_filters"}  # what does not narrow a list


class Exporting:
    """Mixin of a model admin: …/export/<form>/?<the list's own filters>, by POST, since it is noted."""

    export_columns = ()

    def export_rows(self, queryset):
        """The rows with what the columns need of other tables."""
        return queryset

    def export_table(self, request, queryset):
        """(head, rows): the rows one after the other, in a bounded number of queries for each chunk."""
        columns = self.export_columns
        rows = self.export_rows(queryset.defer(None)).iterator(chunk_size=CHUNK)
        return [heading for heading, _value in columns], ([value(row) for _head, value in columns] for row in rows)

    def has_export_permission(self, request):
        return may_export(request.user) and self.has_view_permission(request)

    def list_tools(self, request):
        why = "" if may_export(request.user) else gettext("Your group may read this, not take it out as a file.")
        query = request.GET.copy()
        for name in ("p", "all"):
            query.pop(name, None)
        tools = [
            {"label": words, "url": f"{self._export_url(form)}?{query.urlencode()}", "why": why, "post": True}
            for form, (words, _write, _kind) in FORMS.items()
        ]
        if why:
            tools = [{"label": gettext("Export"), "url": "", "why": why}]
        return [*tools, *super().list_tools(request)]

    def _export_url(self, form):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_export", args=[form])

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [
            path("export/<slug:form>/", self.admin_site.admin_view(self.export_view), name=name),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def export_view(self, request, form):
        """POST: the list as its address filters it, as a file; 302 back to it where a filter makes no sense."""
        if not self.has_export_permission(request) or form not in FORMS:
            raise PermissionDenied
        try:
            queryset = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            self.message_user(request, gettext("The list cannot be filtered like that."), messages.WARNING)
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        return self.export(request, queryset, form)

    def export(self, request, queryset, form):
        """The file, written row by row to a temporary one, and a note of it."""
        _words, write, kind = FORMS[form]
        what = str(self.opts.verbose_name_plural)
        file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
        number = write(file, *self.export_table(request, queryset))
        narrowed = ", ".join(sorted(set(request.GET) - OF_THE_PAGE))[:200]
        Export.objects.create(what=what, form=form, narrowed=narrowed, row_count=number, made_by=request.user)
        file.seek(0)
        name = f"{slugify(fold(what))}-{timezone.localdate():%Y-%m-%d}.{form}"
        return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


@admin.register(Export)
class ExportAdmin(HistoryAdmin):
    """Who has taken which list out of the portal, and when. To read."""

    list_display = ["made_at", "what", "form", "narrowed", "row_count", "made_by"]
    list_select_related = ["made_by"]
    search_fields = ["made_by__name", "made_by__email", "what"]
    date_hierarchy = "made_at"
    list_per_page = 50

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
