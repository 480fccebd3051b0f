"""The cells of a table that somebody sent in, as texts. Runs in a process of its own (creativenorth.files.bounded)."""

import csv
import json
import re
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO

from creativenorth.text.plain_text import entered

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 60, 10_000
MOST_ABOVE = 20  # rows above the headings, at most
MOST_LINES, MOST_CELLS_IN_A_LINE = 100_000, 16_384  # the empty ones too
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK"
FIRST_LINES = 20
_SEPARATOR = re.compile(r"sep=(.)\r?\n")


class Refused(Exception):
    """The argument is the reason, as creativenorth.files.table_reader says it in words."""


def main(content, name, yes, no, *asked):
    """JSON: {"refused": reason}, or {"sheet", "others", "rows": [[number in the file, [cell]]]} without empty rows.

    Of a book it reads the first visible sheet with something in it; where sheets are asked for, {name: rows} of those that
    together fit into one table.
    """
    words = {True: yes, False: no}
    try:
        found = _sheets(content, words, asked) if asked else _table(content, name, words)
    except Refused as refused:
        found = {"refused": str(refused)}
    return json.dumps(found, ensure_ascii=False).encode()


def _table(content, name, words):
    if content.startswith((ZIP, OLE)) or name.lower().endswith((".xlsx", ".xls", ".ods")):
        return _book(content, words)
    return {"sheet": "", "others": [], "rows": _kept(enumerate(_lines(content), start=1), words)}


def _book(content, words):
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        for name in names:
            if rows := _rows(book, name, words):
                return {"sheet": name, "others": [each for each in names if each != name], "rows": rows}
    except (Refused, MemoryError):
        raise
    except CalamineError as error:
        raise Refused("password" if "assword" in repr(error) else "kind") from None
    except BaseException:  # a panic of the reader is no Exception
        raise Refused("kind") from None
    return {"sheet": "", "others": [], "rows": []}


def _rows(book, name, words):
    return _kept(enumerate(book.get_sheet_by_name(name).iter_rows(), start=1), words)


def _sheets(content, words, asked):
    from python_calamine import CalamineWorkbook

    book, found, room = CalamineWorkbook.from_filelike(BytesIO(content)), {}, MOST_ROWS
    for name in asked:
        try:
            rows = _rows(book, name, words)
        except Refused:
            continue
        if 1 < len(rows) <= room:
            found[name] = rows
            room -= len(rows)
    return found


def _kept(numbered, words):
    """The rows that have something in them. Raises Refused where there are too many, or too wide ones."""
    kept = []
    for number, row in numbered:
        if number > MOST_LINES:
            raise Refused("far")
        if len(row) > MOST_CELLS_IN_A_LINE:
            raise Refused("columns")
        cells = [_text(cell, words)[:LONGEST_CELL] for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Refused("columns")
        if cells:
            kept.append([number, cells])
        if len(kept) > MOST_ROWS + 1 + MOST_ABOVE:
            raise Refused("rows")
    return kept


def _text(cell, words):
    """As Swedish Excel shows it: whole numbers without a point, a comma in others, days without a time."""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, bool):
        return words[cell]
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return _clean(str(cell))


def _clean(text):
    """As it is taken in, without what spreadsheets leave behind: outer spaces, hard spaces, the apostrophe that marks a text."""
    text = entered(text[: 2 * LONGEST_CELL]).replace("\xa0", " ").strip()
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@＝＋－＠" else text


def _lines(content):
    """The lines of a text, cut at semicolons, commas or tabs, or what Excel's own first line says."""
    text = _decoded(content)
    if own := _SEPARATOR.match(text):
        yield []
        text = text[own.end() :]
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=own[1] if own else _separator(text), strict=True)
    except csv.Error:
        raise Refused("quotes") from None


def _decoded(content):
    """UTF-16 as Excel's "Unicode text" has it, UTF-8 with or without a mark, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    start = content[:1000]
    if b"\0" in start:
        for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
            if zeros.count(0) > len(zeros) * 0.6 and start.count(0) < len(start) * 0.6:
                return content.decode(encoding, errors="replace")
        raise Refused("kind")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text):
    """What stands most often in the first lines, outside of quotation marks; a title above the headings has none."""
    first = re.sub(r'"[^"]*"', "", "\n".join(text[:20_000].split("\n")[:FIRST_LINES]))
    return max(";\t,", key=first.count)
