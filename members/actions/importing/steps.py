"""The steps of an import: sent, columns matched, run in one transaction, undone while its record is kept.

Each action locks the import and may be repeated without harm.
"""

from collections import defaultdict
from datetime import timedelta

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.errors import UniqueViolation

from creativenorth.files.table_reader import read_table
from members.actions.importing import companies
from members.actions.importing.columns import guess_columns
from members.actions.importing.plan import KINDS, Verdict, counted, lines_of
from members.actions.importing.record import as_json_with_marks, marks
from members.actions.invitations import TooManyInvitations, invite
from members.actions.merging.relations import columns_to
from members.models import Company, Import, Invitation, User
from members.models.affiliation import Role
from members.models.table_import import ImportKind, ImportState
from members.permissions import may_import

KEPT_FOR = timedelta(days=30)
TARGET_MODELS = {ImportKind.COMPANIES: Company, ImportKind.PEOPLE: User}


class ImportNotOpen(Exception):
    """The import has been run or discarded already."""


class ConflictingEntry(Exception):
    """Somebody entered one of the rows at the same moment; nothing was written."""


class UndoExpired(Exception):
    """The record of the import has been deleted, so it cannot be undone."""


def send_table(*, by, kind, content, file_name, idempotency_key):
    """Save the file's table with guessed columns; the same form sent twice is one import.

    Raises `PermissionDenied`, and `ValidationError` for a file that cannot be read.
    """
    if not may_import(by):
        raise PermissionDenied
    if earlier := Import.objects.filter(idempotency_key=idempotency_key, made_by=by).first():
        return earlier
    table = read_table(content, file_name)
    head = table.headings(lambda cells: len(guess_columns(kind, cells)))
    return Import.make_once(
        idempotency_key,
        kind=kind,
        file_name=file_name[:150],
        made_by=by,
        table=table,
        **_with_headings(kind, table, head),
    )[0]


def _with_headings(kind, table, index):
    """The columns of an import whose headings are that one of the table's rows. Raises ValidationError."""
    return {
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
    table_import.columns = columns
    table_import.save(update_fields=["columns"])
    return table_import


@transaction.atomic
def choose_headings(*, by, table_import, index):
    """Set which of the table's rows are the headings, and guess the columns anew. Raises `ImportNotOpen`, `ValidationError`."""
    table_import = _locked(table_import, by, ImportState.OPEN)
    columns = _with_headings(table_import.kind, table_import.table, index)
    for name, value in columns.items():
        setattr(table_import, name, value)
    table_import.save(update_fields=columns.keys())
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
        with transaction.atomic():
            return _run_import(by, table_import, invites)
    except IntegrityError as error:  # a row was inserted by a form or an invitation meanwhile
        if isinstance(error.__cause__, UniqueViolation):
            raise ConflictingEntry from error
        raise


def _wait_for_other_lists():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members.carry_out'))")


def _run_import(by, table_import, invites):
    table_import = _locked(table_import, by, ImportState.OPEN, ImportState.IMPORTED)
    if table_import.state == ImportState.IMPORTED:
        return table_import
    _wait_for_other_lists()
    lines = lines_of(table_import, lock=True)
    good = [line for line in lines if line.verdict in (Verdict.NEW, Verdict.UPDATE)]
    new = [line for line in good if line.target is None]
    rows = KINDS[table_import.kind].apply(good, by=by)
    table_import.record = as_json_with_marks(rows, TARGET_MODELS[table_import.kind]._meta.label)
    table_import.counts = counted(lines)
    if invites and table_import.kind == ImportKind.PEOPLE:
        table_import.counts |= _invite(new, by)
    table_import.state, table_import.imported_at, table_import.imported_by = ImportState.IMPORTED, timezone.now(), by
    table_import.save(update_fields=["sealed_record", "counts", "state", "imported_at", "imported_by"])
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

    Its `record` then holds the rows that were left, each with "why". Raises `ImportNotOpen` and `UndoExpired`.
    """
    table_import = _locked(table_import, by, ImportState.IMPORTED, ImportState.UNDONE)
    if table_import.state == ImportState.UNDONE:
        return table_import
    if not table_import.sealed_record:
        raise UndoExpired
    model, rows = TARGET_MODELS[table_import.kind], table_import.record
    held = model.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[row["owner"] for row in rows])
    list(held.order_by("pk").values("pk"))
    left = _left(model, rows)
    taken_back = [row for row in rows if row["owner"] not in left]
    if model is User:
        _withdraw_invitations(table_import, [row["owner"] for row in taken_back if row["is_new"]])
    _take_back(model, taken_back)
    table_import.record = [{"owner": key, "why": why} for key, why in left.items()]
    table_import.counts |= {"taken_back": len(rows) - len(left), "left": len(left)}
    table_import.state, table_import.undone_at, table_import.undone_by = ImportState.UNDONE, timezone.now(), by
    table_import.save(update_fields=["sealed_record", "counts", "state", "undone_at", "undone_by"])
    return table_import


def _withdraw_invitations(table_import, owners):
    addresses = User.objects.filter(pk__in=owners).values("email")
    sent = Invitation.objects.filter(invited_by=table_import.imported_by, created_at__gte=table_import.made_at)
    sent.filter(email__in=addresses, accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())


def _left(model, rows):
    """{key of the owner: "changed", "used" or "gone"} of those that are not undone."""
    there = set(model.objects.filter(pk__in=[row["owner"] for row in rows]).values_list("pk", flat=True))
    now = marks({name for row in rows for name in row["marks"]})
    used = _used(model, [row for row in rows if row["is_new"]])
    left = {}
    for row in rows:
        key = row["owner"]
        if key not in there:
            left[key] = "gone"
        elif {name: now.get(name) for name in row["marks"]} != row["marks"]:
            left[key] = "changed"
        elif key in used:
            left[key] = "used"
    return left


def _used(model, rows):
    """Keys of created owners to which rows point by now that the import did not create; one query for each relation."""
    owners = [row["owner"] for row in rows]
    ours = defaultdict(set)
    for row in rows:
        for label, key in row["created"]:
            ours[label].add(key)
    used = set()
    for column in columns_to(model):
        found = column.model._base_manager.filter(**{f"{column.name}__in": owners})
        found = found.exclude(pk__in=ours[column.model._meta.label])
        used |= set(found.values_list(f"{column.name}_id", flat=True))
    if model is User:
        used |= set(User.objects.filter(pk__in=owners, last_login__isnull=False).values_list("pk", flat=True))
    return used


def _take_back(model, rows):
    """Restore the columns that were changed, then delete what was created, dependent rows first."""
    _write_back(model, [(row["owner"], row["before"]) for row in rows if row["before"]])
    if model is Company:
        companies.follow_back(rows)
    created = defaultdict(list)
    for row in rows:
        for label, key in row["created"]:
            created[label].append(key)
    for label, keys in created.items():
        apps.get_model(label).objects.filter(pk__in=keys).delete()
    altered = defaultdict(list)
    for row in rows:
        for label, key, before, _after in row["altered"]:
            altered[label].append((key, before))
    for label, pairs in altered.items():
        _write_back(apps.get_model(label), pairs)
    new = [row["owner"] for row in rows if row["is_new"]]
    model.objects.filter(pk__in=new).delete()


def _write_back(model, pairs):
    found = model.objects.in_bulk([key for key, _before in pairs])
    names = sorted({name for _key, before in pairs for name in before})
    for key, before in pairs:
        for name, value in before.items():
            setattr(found[key], name, value)
    if names:
        model.objects.bulk_update(found.values(), names, batch_size=200)


def forget_imports():
    """Delete the rows and the record after 30 days; the import itself stays."""
    old = Import.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).exclude(sealed_table="", sealed_record="")
    return old.update(sealed_table="", sealed_record="")
