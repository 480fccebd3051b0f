"""Tables for Excel: .xlsx, and CSV as a Swedish Excel opens it. What people typed never becomes a formula."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import xlsxwriter
from django.utils import timezone

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(head, rows):
    """A workbook of one sheet as bytes; texts are texts, numbers are numbers, times are real times in Swedish time."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for column, text in enumerate(head):
            sheet.write_string(0, column, str(text), bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, timezone.localtime(value).replace(tzinfo=None), moment)
                elif isinstance(value, int):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return stream.getvalue()


def swedish_csv(head, rows):
    """CSV as bytes: semicolons, a byte-order mark, and an apostrophe before what Excel would take for a formula."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([defused(text) for text in head])
    for row in rows:
        writer.writerow([defused(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def defused(value):
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
