"""Exporting a list as a file; who exported it is logged."""

import tempfile

from django.core.exceptions import PermissionDenied
from django.utils.text import capfirst

from creativenorth.files.table_writer import FORMATS
from members.models import Export
from members.permissions import may_export


def export_table(*, by, model, form, table, narrowed=()):
    """The table (head, rows) as a temporary file, open at its beginning; `narrowed` names what the list was filtered by.

    Raises `PermissionDenied`.
    """
    if not may_export(by):
        raise PermissionDenied
    write, _content_type = FORMATS[form]
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    what, filters = model._meta.verbose_name_plural, ", ".join(sorted(narrowed))[:200]
    number = write(file, *table, title=capfirst(str(what)))
    Export.objects.create(what=what, form=form, narrowed=filters, row_count=number, made_by=by)
    file.seek(0)
    return file
