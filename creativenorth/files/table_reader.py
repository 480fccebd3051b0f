"""Reads tables that people send in, .xlsx and CSV, as rows of text, with limits before anything is unpacked.

A workbook is unpacked within limits first, and only what was measured is read: a zip bomb, a cell at the far end of the
sheet, or one long text repeated a million times cannot fill the memory.
"""

import csv
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from creativenorth.text.plain_text import entered

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000
MOST_TEXT = 40_000_000
MOST_CELLS = 2_000_000  # in the rectangle from the first cell to the last, since all of it is read
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 10_000
_CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHARED = re.compile(rb't="s"[^>]*>\s*<(?:\w+:)?v>([0-9]+)<')
# Errors that damaged workbooks are known to raise, besides CalamineError.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    IndexError,
    OSError,
    RuntimeError,
    ValueError,
)
_STRING = re.compile(rb"<(?:\w+:)?si>.*?</(?:\w+:)?si>|<(?:\w+:)?si/>", re.S)


def read_table(content, name):
    """(head, rows) of the first sheet, every cell a text; empty rows are left out.

    Raises `ValidationError` that says what is wrong with the file, in the reader's words.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. Divide it."), code="size")
    is_book = content.startswith(b"PK") or name.lower().endswith(".xlsx")
    table = _book(content) if is_book else _csv(content)
    rows = [[cell[:LONGEST_CELL] for cell in row] for row in table if any(row)]
    if len(rows) < 2:
        raise ValidationError(_("There is nothing under the headings in the file."), code="empty")
    head, *rows = rows
    if len(rows) > MOST_ROWS:
        raise ValidationError(
            _("The file has %(count)d rows. At most 5,000 are read at once: divide it."),
            code="rows",
            params={"count": len(rows)},
        )
    if len(head) > MOST_COLUMNS:
        raise ValidationError(_("The file has more than 60 columns."), code="columns")
    width = len(head)
    return head, [(row + [""] * width)[:width] for row in rows]


def _book(content):
    try:
        sheets = CalamineWorkbook.from_filelike(BytesIO(_measured(content)))
        rows = sheets.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, *_DAMAGED) as error:
        raise ValidationError(
            _("This is no .xlsx file that can be read. Save it anew from Excel."), code="kind"
        ) from error
    return [[_text(cell) for cell in row] for row in rows]


def _measured(content):
    """The same workbook, unpacked within limits and packed anew. Raises ValidationError."""
    stream, total, strings = BytesIO(), 0, []
    with zipfile.ZipFile(BytesIO(content)) as packed, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as measured:
        for entry in sorted(packed.infolist(), key=lambda entry: "worksheets/" in entry.filename):
            total += entry.file_size
            if total > MOST_UNPACKED:
                raise _too_much()
            data = packed.read(entry)
            if entry.filename.endswith("sharedStrings.xml"):
                strings = [len(each) for each in _STRING.findall(data)]
            if "worksheets/" in entry.filename and entry.filename.endswith(".xml"):
                _check_sheet(data, strings)
            measured.writestr(entry.filename, data)
    return stream.getvalue()


def _check_sheet(data, strings):
    if b"\0" in data[:1000]:
        raise _too_much()  # in UTF-16 the patterns below would find no cell
    cells = _CELL.findall(data)
    widest = max((_column_number(column) for column, _row in cells), default=0)
    if widest * max((int(row) for _column, row in cells), default=0) > MOST_CELLS:
        raise ValidationError(_("There is something far outside the table in the file. Take it away."), code="far")
    text = sum(strings[index] for each in _SHARED.findall(data) if (index := int(each)) < len(strings))
    if text > MOST_TEXT:
        raise _too_much()


def _column_number(letters):
    """ "A" is the first column, "AA" the 27th."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _too_much():
    return ValidationError(_("The file unpacks to more than can be read here. Divide it."), code="bomb")


def _text(cell):
    """As Swedish Excel shows it: whole numbers without a point, a comma in others, days without a time."""
    if isinstance(cell, bool):
        return str(_("yes") if cell else _("no"))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return _clean(str(cell))


def _clean(text):
    """Composed, without what spreadsheets leave behind: outer spaces, hard spaces, the apostrophe that marks a text."""
    text = entered(text).replace("\xa0", " ").strip()
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def _csv(content):
    """Semicolons, commas or tabs; UTF-8 with or without a mark, else Windows-1252."""
    text = _decoded(content)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        text = _("A quotation mark opens in the file and never closes, or a cell is far too long.")
        raise ValidationError(text, code="kind") from error
    return [[_clean(cell) for cell in row] for row in rows]


def _decoded(content):
    if b"\0" in content[:1000]:
        raise ValidationError(_("This is neither .xlsx nor CSV."), code="kind")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text):
    first = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    return max(";\t,", key=first.count)
