"""Imports: send a table in, say what its columns are, read what would become of each row, carry it out, take it back."""

import uuid

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from creativenorth.history_admin import HistoryAdmin
from creativenorth.spreadsheets import XLSX
from members.actions import imports
from members.forms.imports import ColumnsForm, TableForm
from members.importing.columns import fields_of
from members.importing.files import broken_rows, template
from members.importing.plan import Verdict, counted, lines_of
from members.models import Import
from members.models.table_import import Kind, State
from members.permissions import may_import

PER_PAGE = 50


class WithImport:
    """Mixin of a model admin whose objects come in by a list of that `import_kind`."""

    import_kind = None

    def list_tools(self, request):
        url = f"{reverse('admin:members_import_add')}?kind={self.import_kind}"
        why = "" if may_import(request.user) else gettext("Your group may read this, not import anything.")
        return [{"label": gettext("Import a list"), "url": url, "why": why}, *super().list_tools(request)]


@admin.register(Import)
class ImportAdmin(HistoryAdmin):
    """What was sent in stands as it came; what is done with it are steps of their own, by POST."""

    list_display = ["file_name", "kind", "state", "row_count", "made_by", "made_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["made_by"]
    search_fields = ["file_name"]
    list_per_page = 50

    def has_add_permission(self, request):
        return may_import(request.user)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("sealed_table", "sealed_record")

    def get_urls(self):
        wrap = self.admin_site.admin_view
        steps = {
            "columns": self.columns_view, "carrying-out": self.carry_out_view, "undoing": self.undo_view,
            "discarding": self.discard_view, "broken": self.broken_view,
        }  # fmt: skip
        return [
            *[path(f"<int:pk>/{name}/", wrap(view), name=f"members_import_{name}") for name, view in steps.items()],
            path("template/<slug:kind>/", wrap(self.template_view), name="members_import_template"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """GET ?kind=: the form. POST: keeps the table and leads to it; 422 with what is wrong with the file."""
        if not may_import(request.user):
            raise PermissionDenied
        first = {"kind": request.GET.get("kind", Kind.COMPANIES), "nonce": uuid.uuid4()}
        form = TableForm(request.POST or None, request.FILES or None, initial=first)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data.pop("file")
            try:
                sent = imports.send_table(
                    by=request.user, content=file.read(), file_name=file.name, **form.cleaned_data
                )
                return self._to(sent)
            except ValidationError as error:
                form.add_error("file", error)
        context = {"form": form, "kinds": Kind.choices}
        return self._render(request, "send", gettext("Import a list"), context, 422 if form.is_bound else 200)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """GET ?show=&p=: its columns, what would become of each row, or what became of them."""
        table_import = self.get_object(request, object_id)
        if table_import is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, table_import):
            raise PermissionDenied
        return self._page(request, table_import)

    def _page(self, request, table_import, form=None, status=200):
        is_open = table_import.state == State.OPEN and bool(table_import.sealed_table)
        form = form or (ColumnsForm(table_import=table_import) if is_open else None)
        is_matched = is_open and not form.is_bound and _has_all(table_import)
        lines = lines_of(table_import) if is_matched else []
        context = {
            "table_import": table_import,
            "form": form,
            "is_open": is_open,
            "may": may_import(request.user),
            "why": gettext("Your group may read this, not import anything."),
            "is_of_people": table_import.kind == Kind.PEOPLE,
            "kept_until": table_import.made_at + imports.KEPT,
        } | (self._preview(request, table_import, lines) if is_matched else self._outcome(table_import))
        return self._render(request, "import", table_import.file_name, context, status)

    def _preview(self, request, table_import, lines):
        numbers, show = counted(lines), request.GET.get("show", "")
        shown = [line for line in lines if line.verdict == show] if show in Verdict.values else lines
        page = Paginator(shown, PER_PAGE).get_page(request.GET.get("p"))
        fields = [one for one in fields_of(table_import.kind) if one.name in table_import.columns.values()]
        return {
            "page": page,
            "rows": [_shown(line, fields) for line in page],
            "fields": fields,
            "verdicts": [(verdict.value, verdict.of(numbers[verdict]), numbers[verdict]) for verdict in Verdict],
            "show": show if show in Verdict.values else "",
            "good": numbers[Verdict.NEW] + numbers[Verdict.UPDATE],
            "bad": numbers[Verdict.ERROR],
        }

    def _outcome(self, table_import):
        """What became of the rows, and which of them an undoing has left."""
        known = {"changed": gettext("changed since"), "used": gettext("used since"), "gone": gettext("gone since")}
        left = table_import.record if table_import.state == State.UNDONE else []
        model = imports.OWNERS[table_import.kind]
        owners = model.objects.in_bulk([row["owner"] for row in left])
        return {
            "left": [(owners.get(row["owner"], ""), known[row["why"]]) for row in left],
            "can_undo": table_import.state == State.IMPORTED and bool(table_import.sealed_record),
        }

    def _render(self, request, name, title, context, status=200):
        frame = self.admin_site.each_context(request) | {"title": title, "subtitle": None, "opts": self.opts}
        return render(request, f"admin/members/import/{name}.html", frame | context, status=status)

    def _to(self, table_import):
        return HttpResponseRedirect(reverse("admin:members_import_change", args=[table_import.pk]))

    def _import(self, request, pk):
        if not may_import(request.user):
            raise PermissionDenied
        return get_object_or_404(Import, pk=pk)

    def _try(self, request, pk, action, said, **asked):
        """Do the step and say so; where it is too late for it, say that."""
        table_import = self._import(request, pk)
        try:
            action(by=request.user, table_import=table_import, **asked)
        except imports.NotOpen:
            self.message_user(request, gettext("It is in, or thrown away, already."), messages.WARNING)
        except imports.Meanwhile:
            text = gettext(
                "Somebody entered something of the list at the same moment, so nothing of it was written. Look through the "
                "rows and carry it out again."
            )
            self.message_user(request, text, messages.WARNING)
        except imports.TooLate:
            text = gettext("It is more than a month ago: what it did is not known any more.")
            self.message_user(request, text, messages.WARNING)
        else:
            self.message_user(request, said, messages.SUCCESS)
        return self._to(table_import)

    @method_decorator(require_POST)
    def columns_view(self, request, pk):
        """POST `column-<n>`: what each column is; 422 where one is missing or there twice."""
        table_import = self._import(request, pk)
        form = ColumnsForm(request.POST, table_import=table_import)
        if not form.is_valid():
            return self._page(request, table_import, form, 422)
        said = gettext("The columns are matched.")
        return self._try(request, pk, imports.match_columns, said, columns=form.columns())

    @method_decorator(require_POST)
    def carry_out_view(self, request, pk):
        """POST `invites`: imports the good rows; again changes nothing."""
        said = gettext("The list is in.")
        return self._try(request, pk, imports.carry_out, said, invites="invites" in request.POST)

    @method_decorator(require_POST)
    def undo_view(self, request, pk):
        """POST: takes back what is still as the import left it."""
        return self._try(request, pk, imports.undo_import, gettext("The import is taken back."))

    @method_decorator(require_POST)
    def discard_view(self, request, pk):
        """POST: throws the table away."""
        return self._try(request, pk, imports.discard_import, gettext("The list is thrown away."))

    @method_decorator(require_safe)
    def broken_view(self, request, pk):
        """GET: the rows that cannot be imported, with the reasons, as .xlsx. 404 once the table is gone."""
        table_import = self._import(request, pk)
        if not table_import.sealed_table:
            raise Http404
        content = broken_rows(table_import, lines_of(table_import))
        return _file(content, gettext("rows-to-put-right"))

    @method_decorator(require_safe)
    def template_view(self, request, kind):
        """GET: a workbook to fill in."""
        if not may_import(request.user):
            raise PermissionDenied
        if kind not in Kind.values:
            raise Http404
        return _file(
            template(kind), gettext("template-companies") if kind == Kind.COMPANIES else gettext("template-people")
        )


def _has_all(table_import):
    chosen = set(table_import.columns.values())
    return all(one.name in chosen for one in fields_of(table_import.kind) if one.is_required)


def _shown(line, fields):
    """A row for the page: each cell with what is wrong with it, and what stands there today where that differs."""
    cells = [
        {
            "text": line.cells.get(one.name, ""),
            "error": line.errors.get(one.name, ""),
            "before": line.changes[one.name][0] if one.name in line.changes else None,
        }
        for one in fields
    ]
    return {"number": line.number, "verdict": line.verdict, "label": Verdict(line.verdict).label, "cells": cells,
            "elsewhere": [text for name, text in line.errors.items() if name not in {one.name for one in fields}]}  # fmt: skip


def _file(content, name):
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )
