"""Writes tables for Excel: .xlsx, and CSV as a Swedish Excel opens it. What people typed never becomes a formula.

Rows are written as they come, so that ten thousand take no more memory than ten.
"""

import csv
import re
from datetime import date, datetime
from io import BytesIO, TextIOWrapper

from django.utils import timezone
from django.utils.translation import gettext as _

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # also behind white space
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
NARROWEST, WIDEST = 9, 60


def write_xlsx(stream, head, rows, *, title):
    """A workbook of one sheet, named by the title; days and times are real ones in Swedish time. Returns the number of rows."""
    import xlsxwriter  # here: it is large, and few processes write a workbook

    number = 0
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        formats = {
            "head": book.add_format({"bold": True}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        widths = [max(NARROWEST, len(str(text)) + 2) for text in head]
        for column, text in enumerate(head):
            sheet.write_string(0, column, str(text), formats["head"])
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                widths[column] = max(widths[column], _write(sheet, number, column, value, formats))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, WIDEST))
        sheet.freeze_panes(1, 0)
    return number


def _sheet_name(title):
    """The title without what Excel refuses in the name of a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31]


def _write(sheet, row, column, value, formats):
    """Write one cell, and return its width."""
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, timezone.localtime(value).replace(tzinfo=None), formats["moment"])
        return 17
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["day"])
        return 12
    if isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
        return NARROWEST
    text = as_text(value)
    sheet.write_string(row, column, text[:32_767])
    return len(text) + 2


def write_csv(stream, head, rows, *, title):
    """Semicolons, a byte-order mark, and an apostrophe before what Excel would take for a formula. As `write_xlsx`."""
    number = 0
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow([defused(one) for one in head])
    for number, row in enumerate(rows, start=1):  # noqa: B007
        writer.writerow([defused(value) for value in row])
    text.detach()
    return number


def xlsx(head, rows, *, title):
    stream = BytesIO()
    write_xlsx(stream, head, rows, title=title)
    return stream.getvalue()


def as_text(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def defused(value):
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    text = as_text(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


FORMATS = {"xlsx": (write_xlsx, XLSX), "csv": (write_csv, CSV)}  # (function, content type)
