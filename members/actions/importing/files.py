"""Workbooks of an import: a template to fill in, and the rows that cannot be imported, with the reasons."""

from io import BytesIO

from django.utils.translation import gettext as _

from creativenorth.files.table_writer import xlsx
from members.actions.importing.columns import fields_of, masked_if_personal
from members.actions.importing.plan import Verdict

ROWS_WITH_CHOICES = 1000


def template(kind):
    """Headings in the current language, one example row that is refused if sent in, and lists to choose from."""
    import xlsxwriter  # here: it is large, and few processes write a workbook

    stream, fields = BytesIO(), [field for field in fields_of(kind) if field.is_offered]
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet, lists = book.add_worksheet(_("Fill in here")), book.add_worksheet(_("Choices"))
        bold, must = book.add_format({"bold": True}), book.add_format({"bold": True, "bg_color": "#ffd9a0"})
        grey, text = book.add_format({"italic": True, "font_color": "#666666"}), book.add_format({"num_format": "@"})
        for column, field in enumerate(fields):
            sheet.set_column(column, column, max(16, len(str(field.label)) + 2), text)
            sheet.write_string(0, column, str(field.label), must if field.is_required else bold)
            sheet.write_string(1, column, field.example, grey)
            _choices(sheet, lists, column, field)
        sheet.freeze_panes(1, 0)
    return stream.getvalue()


def _choices(sheet, lists, column, field):
    from xlsxwriter.utility import xl_col_to_name

    if field.choices:
        for row, choice in enumerate(field.choices):
            lists.write_string(row, column, choice)
        letter = xl_col_to_name(column)
        source = f"='{lists.get_name()}'!${letter}$1:${letter}${len(field.choices)}"
        sheet.data_validation(1, column, ROWS_WITH_CHOICES, column, {"validate": "list", "source": source})


def broken_rows(table_import, lines):
    """The rows that do not come in as they stand, as they were sent, with the reasons in a last column."""
    head, rows = table_import.head, dict(table_import.rows)
    labels = {one.name: str(one.label) for one in fields_of(table_import.kind)}
    numbers = {int(index) for index, name in table_import.columns.items() if name == "number"}
    broken = [line for line in lines if is_broken(line)]
    return xlsx(
        [*head, _("What is wrong")],
        [[*_cells(rows[line.number], numbers), _reasons(line, labels)] for line in broken],
        title=_("Rows with errors"),
    )


def is_broken(line):
    return line.verdict in (Verdict.ERROR, Verdict.LIKELY) or bool(line.emptied)


def _cells(row, numbers):
    return [masked_if_personal(cell) if index in numbers else cell for index, cell in enumerate(row)]


def _reasons(line, labels):
    wrong = [f"{labels[name]}: {text}" for name, text in (line.errors | line.emptied).items()]
    return " ".join([*wrong, *likely_texts(line)])


def likely_texts(line):
    """What the row likely means that is here already, or stands above it; nothing where that is decided."""
    if line.verdict != Verdict.LIKELY:
        return []
    found = [_("Perhaps the same as %s, which is here.") % company for company in line.likely]
    return [*found, *([_("Perhaps the same as row %d.") % line.likely_row] if line.likely_row else [])]
