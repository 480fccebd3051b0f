"""Exporting a list as it is filtered; who exported it is logged."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creativenorth.files.table_writer import FORMATS
from creativenorth.staff.pages import WRITES, staff_page
from creativenorth.text.swedish import fold
from members.actions.exports import export_table
from members.permissions import may_export, may_view

NOT_FILTERS = {"p", "all", "o", "e", "_changelist_filters"}  # query parameters that do not filter the list


@staff_page(allowed=may_export, methods=WRITES)
def export(request, form, model, table):
    """POST ?<the list's own filters>: the list as a file; 302 back to the list where a filter is invalid.

    `table(rows, by)` returns (head, rows) of the model's list.
    """
    if form not in FORMATS or not may_view(request.user, model):
        raise PermissionDenied
    try:
        listed = admin.site.get_model_admin(model).get_changelist_instance(request)
    except IncorrectLookupParameters:
        messages.warning(request, _("The list cannot be filtered like that."))
        return redirect(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return download(request, model, form, table(listed.queryset, request.user), _filters_in_use(request, listed))


def _filters_in_use(request, listed):
    """The filters' names as the list shows them, without their values."""
    asked = set(request.GET) - NOT_FILTERS
    names = {str(each.title) for each in listed.filter_specs if asked & set(each.expected_parameters())}
    return names | ({_("search word")} if "q" in asked else set())


def download(request, model, form, table, narrowed=()):
    """The table (head, rows) as a download, named after the list and the day."""
    file = export_table(by=request.user, model=model, form=form, table=table, narrowed=narrowed)
    name = f"{slugify(fold(str(model._meta.verbose_name_plural)))}-{timezone.localdate():%Y-%m-%d}.{form}"
    _write, content_type = FORMATS[form]
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
