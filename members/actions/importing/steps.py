"""The steps of an import: sent, columns matched, run in one transaction, undone within a month.

Each action locks the import and may be repeated without harm.
"""

from datetime import timedelta

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.errors import UniqueViolation

from creativenorth.files.table_reader import read_table
from members.actions.importing.columns import guess_columns
from members.actions.importing.plan import KINDS, Verdict, counted, lines_of
from members.actions.importing.undo import undo
from members.actions.invitations import TooManyInvitations, invite
from members.models import Import
from members.models.affiliation import Role
from members.models.profile.content import digest
from members.models.table_import import ImportKind, ImportState
from members.permissions import may_import

KEPT_FOR = timedelta(days=30)


class ImportNotOpen(Exception):
    """The import has been run or discarded already."""


class ReadOtherwise(Exception):
    """The rows are read from another sheet, or under other headings or columns, than when they were shown."""


class ConflictingEntry(Exception):
    """Somebody entered one of the rows at the same moment; nothing was written."""


class UndoExpired(Exception):
    """More than a month has passed since the table was sent in."""


def send_table(*, by, kind, content, file_name, idempotency_key):
    """Save the file's table with guessed columns; the same form sent twice is one import.

    Raises `PermissionDenied`, and `ValidationError` for a file that cannot be read.
    """
    if not may_import(by):
        raise PermissionDenied
    if earlier := Import.objects.filter(idempotency_key=idempotency_key, made_by=by).first():
        return earlier
    table = read_table(content, file_name)
    return Import.make_once(
        idempotency_key, kind=kind, file_name=file_name[:150], made_by=by, table=table, **_guessed(kind, table)
    )[0]


def _guessed(kind, table):
    return _with_headings(kind, table, table.headings(lambda cells: len(guess_columns(kind, cells))))


def _with_headings(kind, table, index):
    """The columns of an import whose headings are that one of the table's rows; nothing is chosen yet. Raises ValidationError."""
    return {
        "choices": {},
        "head_index": index,
        "row_count": len(table.under(index)),
        "columns": guess_columns(kind, table.rows[index][1]),
    }


def _locked(table_import, by, *states):
    if not may_import(by):
        raise PermissionDenied
    table_import = Import.objects.select_for_update(of=("self",), no_key=True).get(pk=table_import.pk)
    if table_import.state not in states:
        raise ImportNotOpen
    return table_import


@transaction.atomic
def match_columns(*, by, table_import, columns):
    """Set what each column is: {index: name of the field}. Raises `ImportNotOpen`."""
    table_import = _locked(table_import, by, ImportState.OPEN)
    table_import.columns, table_import.choices = columns, {}
    table_import.save(update_fields=["columns", "choices"])
    return table_import


@transaction.atomic
def choose_headings(*, by, table_import, index):
    """Set which of the table's rows are the headings, and guess the columns anew. Raises `ImportNotOpen`, `ValidationError`."""
    table_import = _locked(table_import, by, ImportState.OPEN)
    return _set(table_import, _with_headings(table_import.kind, table_import.table, index))


@transaction.atomic
def choose_sheet(*, by, table_import, sheet):
    """Turn to another sheet of the file, and guess its headings and columns. Raises `ImportNotOpen`, `ValidationError`."""
    table_import = _locked(table_import, by, ImportState.OPEN)
    table_import.table = table = table_import.table.turned_to(sheet)
    return _set(table_import, _guessed(table_import.kind, table), "sealed_table")


def _set(table_import, columns, *further):
    for name, value in columns.items():
        setattr(table_import, name, value)
    table_import.save(update_fields=[*columns, *further])
    return table_import


def reading_of(table_import):
    """A digest of how the rows are read."""
    return digest([table_import.table.sheet, table_import.head_index, table_import.columns])


@transaction.atomic
def decide_rows(*, by, table_import, reading, decided=(), everywhere=""):
    """Set what staff have decided of rows: {number: {"same_as": …, "leaves_empty": …}}, see `plan.Line`.

    `everywhere` decides all rows at once: "leave-empty" their bad values, "require" them again, or "same" where a row is
    likely one company. `reading` is the digest of how the rows were read when they were shown. Raises `ImportNotOpen`,
    `ReadOtherwise`.
    """
    table_import = _locked(table_import, by, ImportState.OPEN)
    if reading != reading_of(table_import):
        raise ReadOtherwise
    choices = table_import.choices | {str(number): choice for number, choice in dict(decided).items()}
    table_import.choices = choices
    for line in lines_of(table_import) if everywhere else ():
        choice = choices.setdefault(str(line.number), {})
        if everywhere == "same" and line.is_undecided and len(line.likely) == 1:
            choice["same_as"] = str(line.likely[0].pk)
        elif everywhere == "leave-empty" and line.can_leave_empty:
            choice["leaves_empty"] = True
        elif everywhere == "require":
            choice["leaves_empty"] = False
    table_import.choices = {number: choice for number, choice in choices.items() if any(choice.values())}
    table_import.save(update_fields=["choices"])
    return table_import


@transaction.atomic
def discard_import(*, by, table_import):
    """Delete the table without importing it. Raises `ImportNotOpen`."""
    table_import = _locked(table_import, by, ImportState.OPEN, ImportState.DISCARDED)
    table_import.state, table_import.sealed_table = ImportState.DISCARDED, ""
    table_import.save(update_fields=["state", "sealed_table"])
    return table_import


def run_import(*, by, table_import, invites=False):
    """Import the rows without errors, as the plan is now; an import that has been run is returned as it is.

    One import runs at a time, so that the second of two equal lists finds the rows of the first. `invites`: new people
    with a company get an invitation to it. Raises `ImportNotOpen` where it was discarded, and `ConflictingEntry`.
    """
    try:
        with pghistory.context() as cause, transaction.atomic():
            return _run_import(by, table_import, invites, cause.id)
    except IntegrityError as error:  # a row was inserted by a form or an invitation meanwhile
        if isinstance(error.__cause__, UniqueViolation):
            raise ConflictingEntry from error
        raise


def _wait_for_other_lists():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members.carry_out'))")


def _run_import(by, table_import, invites, history_context):
    table_import = _locked(table_import, by, ImportState.OPEN, ImportState.IMPORTED)
    if table_import.state == ImportState.IMPORTED:
        return table_import
    _wait_for_other_lists()
    lines = lines_of(table_import, lock=True)
    good = [line for line in lines if line.verdict in (Verdict.NEW, Verdict.UPDATE)]
    new = [line for line in good if line.target is None]
    KINDS[table_import.kind].apply(good, by=by)
    table_import.history_context, table_import.counts = history_context, counted(lines)
    table_import.counts["emptied"] = sum(bool(line.emptied) for line in good)
    if invites and table_import.kind == ImportKind.PEOPLE:
        table_import.counts |= _invite(new, by)
    table_import.state, table_import.imported_at, table_import.imported_by = ImportState.IMPORTED, timezone.now(), by
    table_import.save(update_fields=["history_context", "counts", "state", "imported_at", "imported_by"])
    return table_import


def _invite(lines, by):
    """{"invited": number, "not_invited": number}; invitations are limited per company and day."""
    sent = 0
    wanted = [line for line in lines if "company" in line.values]
    for line in wanted:
        asked = {name: line.values[name] for name in ("target_group", "language") if name in line.values}
        role = line.values.get("role", Role.PARTICIPANT)
        try:
            with transaction.atomic():
                invite(by=by, company=line.values["company"], email=line.target.email, role=role, **asked)
                sent += 1
        except TooManyInvitations:
            continue
    return {"invited": sent, "not_invited": len(wanted) - sent}


@transaction.atomic
def undo_import(*, by, table_import):
    """Undo what the import created and changed, except what has been changed or used since; returns the import.

    Its `left` then holds [key, why] of each company or person that was left. Raises `ImportNotOpen` and `UndoExpired`.
    """
    table_import = _locked(table_import, by, ImportState.IMPORTED, ImportState.UNDONE)
    if table_import.state == ImportState.UNDONE:
        return table_import
    if not may_still_be_undone(table_import):
        raise UndoExpired
    left, taken_back = undo(table_import)
    table_import.left = sorted(left.items())
    table_import.counts |= {"taken_back": taken_back, "left": len(left)}
    table_import.state, table_import.undone_at, table_import.undone_by = ImportState.UNDONE, timezone.now(), by
    table_import.save(update_fields=["left", "counts", "state", "undone_at", "undone_by"])
    return table_import


def may_still_be_undone(table_import):
    return table_import.state == ImportState.IMPORTED and timezone.now() <= table_import.made_at + KEPT_FOR


def forget_imports():
    """Delete the rows after 30 days; the import itself stays."""
    old = Import.objects.with_contents().filter(made_at__lt=timezone.now() - KEPT_FOR)
    return old.update(sealed_table="")
