"""Tables in every format that is read, and what is made to fill memory and time of whoever reads it."""

import csv
import zipfile
from io import BytesIO, StringIO
from itertools import pairwise

import xlsxwriter

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODS = "urn:oasis:names:tc:opendocument:xmlns"
CELL = '<table:table-cell {} office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def xlsx(rows):
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def ods(rows):
    return raw_ods(
        "".join(f"<table:table-row>{''.join(CELL.format('', cell) for cell in row)}</table:table-row>" for row in rows)
    )


def text(rows, delimiter=";"):
    stream = StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


FORMATS = {"xlsx": xlsx, "ods": ods, "csv": text, "tsv": lambda rows: text(rows, "\t")}


def raw_ods(rows, doctype=""):
    stream = BytesIO()
    spaces = "".join(f' xmlns:{name}="{ODS}:{name}:1.0"' for name in ("office", "table", "text"))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{ODS}:manifest:1.0"/>')
        packed.writestr(
            "content.xml",
            f"<?xml version='1.0'?>{doctype}<office:document-content{spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
    return stream.getvalue()


def raw_xlsx(rows="", strings="", doctype=""):
    """A workbook with these rows and shared strings, as XML, in the place of its own."""
    stream = BytesIO()
    head = f"<?xml version='1.0'?>{doctype}"
    parts = {"xl/worksheets/sheet1.xml": f"{head}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"}
    if strings:
        parts["xl/sharedStrings.xml"] = f"{head}<sst {MAIN}>{strings}</sst>"
    with zipfile.ZipFile(BytesIO(xlsx([["x"]]))) as whole, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in whole.namelist():
            packed.writestr(name, parts.get(name, whole.read(name)))
    return stream.getvalue()


def _zip_in_a_zip():
    inner, outer = BytesIO(), BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a", bytes(50_000_000))
    with zipfile.ZipFile(outer, "w") as packed:
        packed.writestr("xl/workbook.xml", inner.getvalue())
    return outer.getvalue()


def _row(cells):
    return f"<table:table-row>{cells}</table:table-row>"


def _entities():
    """Each is twenty times the one before."""
    names = "abcdefghij"
    pairs = pairwise(names)
    inner = "".join(f'<!ENTITY {name} "{f"&{before};" * 20}">' for before, name in pairs)
    return f'<!DOCTYPE x [<!ENTITY a "{"x" * 1000}">{inner}]>'


def _quoted_once(rows, columns):
    cell = "<c r='A1' t='inlineStr'><is><t>xxxxxxxxxxxxxxxxxxxx</t></is></c>"
    return "".join(f"<row r='{number}'>{cell * columns}</row>" for number in range(1, rows + 1))


SHARED = '<c t="s"><v>0</v></c>'
BOMBS = {
    "cells.ods": lambda: raw_ods(_row(CELL.format('table:number-columns-repeated="100000000"', "x"))),
    "rows.ods": lambda: raw_ods(
        _row(CELL.format("", "x")).replace("<table:table-row>", '<table:table-row table:number-rows-repeated="100000000">')
    ),
    "gaps.ods": lambda: raw_ods(
        ('<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>' + _row(CELL.format("", "x"))) * 50
    ),
    "entities.ods": lambda: raw_ods(_row(CELL.format("", "&j;")), _entities()),
    "quotes.xlsx": lambda: raw_xlsx(_quoted_once(20_000, 26)),
    "far.xlsx": lambda: raw_xlsx("<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
    "wide.xlsx": lambda: raw_xlsx(f"<row r='1'>{'<c><v>1</v></c>' * 5000}</row>"),
    "shared.xlsx": lambda: raw_xlsx(f"<row>{SHARED * 60}</row>" * 3000, f"<si><t>{'x' * 30_000}</t></si>"),
    "strings.xlsx": lambda: raw_xlsx("", "<si><t>x</t></si>" * 3_000_000),
    "long.xlsx": lambda: raw_xlsx("", f"<si><t>{'x' * 200_000_000}</t></si>"),
    "deep.xlsx": lambda: raw_xlsx("<a>" * 2_000_000),
    "attribute.xlsx": lambda: raw_xlsx(f"<row x='{'y' * 200_000_000}'/>"),
    "entities.xlsx": lambda: raw_xlsx("<row><c t='inlineStr'><is><t>&j;</t></is></c></row>", "", _entities()),
    "zip.xlsx": _zip_in_a_zip,
    "wide.csv": lambda: b"a;" * 2_400_000,
    "empty.csv": lambda: b"\n" * 4_999_999 + b"a",
    "cells.tsv": lambda: b"a\tb\n" * 1_200_000,
    "quotes.csv": lambda: b'"' * 4_999_999,
    "utf-16.txt": lambda: "a\tb\n".encode("utf-16") * 400_000,
}  # fmt: skip
