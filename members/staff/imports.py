"""The pages of an import: sending, matching columns, preview, importing, undoing; and its workbooks."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativenorth.files.table_writer import XLSX
from creativenorth.staff.pages import READS, WRITES, staff_page
from creativenorth.web.paging import page_of
from members.actions.importing import files, steps
from members.actions.importing.columns import fields_of
from members.actions.importing.plan import Verdict, counted, lines_of
from members.actions.importing.undo import TARGET_MODELS
from members.forms.imports import ColumnsForm, TableForm
from members.models import Import
from members.models.table_import import ImportKind, ImportState
from members.permissions import may_import, may_view

PER_PAGE = 50
TOO_LATE = {
    steps.ImportNotOpen: gettext_lazy("It is in, or thrown away, already."),
    steps.ConflictingEntry: gettext_lazy(
        "Somebody entered something of the list at the same moment, so nothing of it was written. Look through the "
        "rows and carry it out again."
    ),
    steps.UndoExpired: gettext_lazy("It is more than a month ago, and cannot be undone any more."),
}


@staff_page(Import, allowed=may_import)
def send(request):
    """GET ?kind=: the form. POST: saves the table, 302 to its page; 422 where the file cannot be read."""
    first = {"kind": request.GET.get("kind", ImportKind.COMPANIES), "idempotency_key": uuid.uuid4()}
    form = TableForm(request.POST or None, request.FILES or None, initial=first)
    if form.is_valid():
        file = form.cleaned_data.pop("file")
        try:
            sent = steps.send_table(by=request.user, content=file.read(), file_name=file.name, **form.cleaned_data)
            return _to(sent)
        except ValidationError as error:
            form.add_error("file", error)
    context = {"title": _("Import a list"), "form": form, "kinds": ImportKind.choices}
    return TemplateResponse(request, "admin/members/import/upload.html", context, status=422 if form.is_bound else 200)


def _to(table_import):
    return redirect("admin:members_import_change", table_import.pk)


@staff_page(Import, allowed=partial(may_view, model=Import), methods=READS)
def table_import(request, pk):
    """GET ?show=&p=: the columns and a preview of each row, or the outcome."""
    return _page(request, get_object_or_404(Import, pk=pk))


def _page(request, table_import, form=None, status=200):
    is_open = table_import.state == ImportState.OPEN and bool(table_import.sealed_table)
    form = form or (ColumnsForm(table_import=table_import) if is_open else None)
    is_matched = is_open and not form.is_bound and _has_all(table_import)
    context = {
        "title": table_import.file_name,
        "table_import": table_import,
        "table": table_import.table,
        "form": form,
        "is_open": is_open,
        "may": may_import(request.user),
        "why": _("Your group may read this, not import anything."),
        "is_of_people": table_import.kind == ImportKind.PEOPLE,
        "kept_until": table_import.made_at + steps.KEPT_FOR,
    } | (_preview(request, table_import) if is_matched else _outcome(table_import))
    return TemplateResponse(request, "admin/members/import/import.html", context, status=status)


def _has_all(table_import):
    chosen = set(table_import.columns.values())
    return all(one.name in chosen for one in fields_of(table_import.kind) if one.is_required)


def _preview(request, table_import):
    lines, show = lines_of(table_import), request.GET.get("show", "")
    show = show if show in Verdict.values else ""
    numbers, shown = counted(lines), [line for line in lines if show in ("", line.verdict)]
    page = page_of(shown, request.GET, PER_PAGE)
    fields = [one for one in fields_of(table_import.kind) if one.name in table_import.columns.values()]
    return {
        "page": page,
        "rows": [_shown(line, fields) for line in page],
        "fields": fields,
        "verdicts": [(verdict.value, verdict.of(numbers[verdict]), numbers[verdict]) for verdict in Verdict],
        "show": show,
        "good": numbers[Verdict.NEW] + numbers[Verdict.UPDATE],
        "bad": numbers[Verdict.ERROR],
    }


def _shown(line, fields):
    """A row for the page: each cell with its error and, where it changes, the present value."""
    cells = [
        {
            "text": line.cells.get(one.name, ""),
            "error": line.errors.get(one.name, ""),
            "before": line.changes[one.name][0] if one.name in line.changes else None,
        }
        for one in fields
    ]
    elsewhere = [text for name, text in line.errors.items() if name not in {one.name for one in fields}]
    label = Verdict(line.verdict).label
    return {"number": line.number, "verdict": line.verdict, "label": label, "cells": cells, "elsewhere": elsewhere}


def _outcome(table_import):
    """What became of the rows, and which of them undoing has left."""
    known = {"changed": _("changed since"), "used": _("used since"), "gone": _("gone since")}
    owners = TARGET_MODELS[table_import.kind].objects.in_bulk([key for key, _why in table_import.left])
    return {
        "left": [(owners.get(key, ""), known[why]) for key, why in table_import.left],
        "can_undo": steps.may_still_be_undone(table_import),
    }


@staff_page(Import, allowed=may_import, methods=WRITES)
def columns(request, pk):
    """POST `head`, `column-<n>`: sets which row the headings are, or what each column is; 422 where one is missing or chosen twice."""
    table_import = get_object_or_404(Import, pk=pk)
    form = ColumnsForm(request.POST, table_import=table_import)
    if not form.is_valid():
        return _page(request, table_import, form, 422)
    if form.has_other_headings():
        return _try(request, pk, steps.choose_headings, _("The headings are chosen."), index=form.cleaned_data["head"])
    return _try(request, pk, steps.match_columns, _("The columns are matched."), columns=form.columns())


@staff_page(Import, allowed=may_import, methods=WRITES)
def carrying_out(request, pk):
    """POST `invites`: imports the rows without errors; again changes nothing."""
    return _try(request, pk, steps.run_import, _("The list is in."), invites="invites" in request.POST)


@staff_page(Import, allowed=may_import, methods=WRITES)
def undoing(request, pk):
    """POST: undoes what has not been changed or used since."""
    return _try(request, pk, steps.undo_import, _("The import is taken back."))


@staff_page(Import, allowed=may_import, methods=WRITES)
def discarding(request, pk):
    """POST: discards the table."""
    return _try(request, pk, steps.discard_import, _("The list is thrown away."))


def _try(request, pk, action, message, **asked):
    """Run the step, with a message of success or of why it cannot be done any more."""
    table_import = get_object_or_404(Import, pk=pk)
    try:
        action(by=request.user, table_import=table_import, **asked)
        messages.success(request, message)
    except tuple(TOO_LATE) as error:
        messages.warning(request, TOO_LATE[type(error)])
    return _to(table_import)


@staff_page(Import, allowed=may_import, methods=READS)
def broken(request, pk):
    """GET: the rows that cannot be imported, with the reasons, as .xlsx. 404 once the table is deleted."""
    table_import = get_object_or_404(Import.objects.with_contents(), pk=pk)
    return _workbook(files.broken_rows(table_import, lines_of(table_import)), _("rows-to-put-right"))


@staff_page(Import, allowed=may_import, methods=READS)
def template(request, kind):
    """GET: a workbook to fill in."""
    if kind not in ImportKind.values:
        raise Http404
    name = _("template-companies") if kind == ImportKind.COMPANIES else _("template-people")
    return _workbook(files.template(kind), name)


def _workbook(content, name):
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )
