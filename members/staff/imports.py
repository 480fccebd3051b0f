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
from creativenorth.text.numbers import whole_number
from creativenorth.web.paging import page_of
from members.actions.importing import files, steps
from members.actions.importing.columns import fields_of
from members.actions.importing.near_names import NONE_OF_THEM, SAME_ROW
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
    steps.ReadOtherwise: gettext_lazy(
        "Somebody has chosen another sheet, headings or columns meanwhile. This is how the rows are read now."
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
        "verdicts": [
            (verdict.value, verdict.of(numbers[verdict]), numbers[verdict])
            for verdict in Verdict
            if verdict != Verdict.LIKELY or numbers[verdict]
        ],
        "show": show,
        "good": numbers[Verdict.NEW] + numbers[Verdict.UPDATE],
        "broken_rows": sum(map(files.is_broken, lines)),
        "undecided": numbers[Verdict.LIKELY],
        "can_leave_empty": sum(line.can_leave_empty for line in lines),
        "emptied": sum(bool(line.emptied) for line in lines),
        "surely_likely": sum(line.is_undecided and len(line.likely) == 1 for line in lines),
        "reading": steps.reading_of(table_import),
    }


def _shown(line, fields):
    """A row for the page: each cell with its error and, where it changes, the present value."""
    cells = [
        {
            "text": line.cells.get(one.name, ""),
            "error": line.errors.get(one.name, ""),
            "emptied": line.emptied.get(one.name, ""),
            "before": line.changes[one.name][0] if one.name in line.changes else None,
        }
        for one in fields
    ]
    known, wrong = {one.name for one in fields}, line.errors | line.emptied
    return {
        "number": line.number,
        "verdict": line.verdict,
        "label": Verdict(line.verdict).label,
        "cells": cells,
        "elsewhere": [text for name, text in wrong.items() if name not in known],
        "can_leave_empty": line.can_leave_empty or bool(line.emptied),
        "leaves_empty": bool(line.emptied),
        "likely": _likely(line),
        "same_as": line.same_as,
    }


def _likely(line):
    """[(value, words)] of what staff may say the row is; nothing where it is like nothing."""
    found = [(str(company.pk), _("It is %s, whose name stays") % company) for company in line.likely]
    if line.likely_row:
        found.append((SAME_ROW, _("It is the same as row %d") % line.likely_row))
    return [*found, (NONE_OF_THEM, _("It is another one"))] if found else []


def _outcome(table_import):
    """What became of the rows, and which of them undoing has left."""
    known = {"changed": _("changed since"), "used": _("used since"), "gone": _("gone since")}
    owners = TARGET_MODELS[table_import.kind].objects.in_bulk([key for key, _why in table_import.left])
    return {
        "left": [(owners.get(key, ""), known[why]) for key, why in table_import.left],
        "broken_rows": any(table_import.counts.get(name) for name in ("error", "likely", "emptied"))
        and table_import.sealed_table,
        "can_undo": steps.may_still_be_undone(table_import),
    }


@staff_page(Import, allowed=may_import, methods=WRITES)
def columns(request, pk):
    """POST `sheet`, `head`, `column-<n>`: sets sheet, headings or what each column is; 422 where one is missing or chosen twice."""
    table_import = get_object_or_404(Import, pk=pk)
    form = ColumnsForm(request.POST, table_import=table_import)
    if not form.is_valid():
        return _page(request, table_import, form, 422)
    if form.has_other_sheet():
        return _try(request, pk, steps.choose_sheet, _("The sheet is chosen."), sheet=form.cleaned_data["sheet"])
    if form.has_other_headings():
        return _try(request, pk, steps.choose_headings, _("The headings are chosen."), index=form.cleaned_data["head"])
    return _try(request, pk, steps.match_columns, _("The columns are matched."), columns=form.columns())


@staff_page(Import, allowed=may_import, methods=WRITES)
def decisions(request, pk):
    """POST `row`, with `same-<n>` and `empty-<n>` for each, or `everywhere`: sets what staff have decided; 302 to where they were."""
    asked = {
        "reading": request.POST.get("reading", ""),
        "everywhere": request.POST.get("everywhere", ""),
        "decided": {
            number: {
                "same_as": request.POST.get(f"same-{number}", "")[:20],
                "leaves_empty": f"empty-{number}" in request.POST,
            }
            for number in request.POST.getlist("row")[:PER_PAGE]
            if whole_number(number)
        },
    }
    answer = _try(request, pk, steps.decide_rows, _("This is what would become of the rows now."), **asked)
    return redirect(f"{answer.url}?{request.GET.urlencode()}#rows")


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
    """GET: the rows that do not come in as they stand, with the reasons, as .xlsx. 404 once the table is deleted."""
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
