"""Tables that people send in: every way Excel writes them, and what is refused before it is unpacked."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from creativenorth.files import table_reader
from creativenorth.files.table_reader import read_table

SWEDISH = "Namn;Ort\r\nÅkes Äng;Öjebyn\r\n"


def book(*rows, formula=None):
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write(number, column, value)
        if formula:
            sheet.write_formula(formula[0], formula[1], value=formula[2])
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        SWEDISH.encode("utf-8-sig"),
        SWEDISH.encode(),
        SWEDISH.encode("cp1252"),
        SWEDISH.replace(";", ",").encode(),
        SWEDISH.replace(";", "\t").encode("utf-8"),
        SWEDISH.replace("\r\n", "\n").encode(),
    ],
)
def test_csv_is_read_however_it_was_written(content):
    assert read_table(content, "lista.csv") == (["Namn", "Ort"], [["Åkes Äng", "Öjebyn"]])


def test_workbook_gives_dates_numbers_and_the_values_of_formulas_as_texts():
    content = book(["A", "B", "C", "D", "E"], [date(2026, 11, 24), 5, 2.5, "=1+1"], formula=("E2", "=1+1", 2))

    _head, rows = read_table(content, "lista.xlsx")

    assert rows == [["2026-11-24", "5", "2,5", "=1+1", "2"]]


def test_own_export_reads_back_without_its_apostrophe():
    assert read_table(b"A;B\n'=1+1;'-x\n'Aftonbladet;'s\n", "x.csv")[1] == [["=1+1", "-x"], ["'Aftonbladet", "'s"]]


def test_time_of_day_is_kept_and_rows_without_anything_are_not():
    content = book(["A"], [datetime(2026, 11, 24, 13, 30)], [""], ["x"])  # noqa: DTZ001  a spreadsheet knows no zone

    assert len(read_table(content, "x.xlsx")[1]) == 2


def code_of(content, name="x.xlsx"):
    with pytest.raises(ValidationError) as refused:
        read_table(content, name)
    return refused.value.code


def bomb():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (table_reader.MOST_UNPACKED + 1))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"A;B\n", "x.csv", "empty"),
        (b"", "x.csv", "empty"),
        (b"PK\x03\x04nonsense", "x.xlsx", "kind"),
        (b"\xd0\xcf\x11\xe0\0\0", "gammal.xls", "kind"),
        (b'A;B\n"never closed;x\n', "x.csv", "kind"),
        (b"A\n" + b"x\n" * 5001, "x.csv", "rows"),
        (b";".join([b"A"] * 61) + b"\nx\n", "x.csv", "columns"),
        (b"x" * 5_000_001, "x.csv", "size"),
        (bomb(), "x.xlsx", "bomb"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content, name, code):
    assert code_of(content, name) == code


def test_a_workbook_that_was_damaged_on_its_way_is_refused_with_a_reason():
    whole = book(["A", "B"], *([["some text", "and more"]] * 30))
    with zipfile.ZipFile(BytesIO(whole)) as packed:
        begins = packed.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    damaged = [whole[:position] + bytes(9) + whole[position + 9 :] for position in range(begins, begins + 60, 3)]

    assert [code_of(each) for each in damaged] == ["kind"] * 20


def test_a_cell_at_the_end_of_the_sheet_does_not_fill_the_memory():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write("XFD1048576", "x")

    assert code_of(stream.getvalue()) == "far"


def test_one_long_text_repeated_does_not_fill_the_memory():
    assert code_of(book(["A"] * 60, *([["x" * 9000] * 60] * 100))) == "bomb"
