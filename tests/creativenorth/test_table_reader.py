"""Tables that people send in: every way Excel writes them, and what is refused before it is unpacked."""

import resource
import zipfile
from datetime import date, datetime
from io import BytesIO

import psutil
import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from creativenorth.files.table_reader import MOST_BYTES, REASONS, read_table
from tests.creativenorth.tables import BOMBS, FORMATS, xlsx

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
        SWEDISH.replace(";", "\t").encode("utf-16"),
        SWEDISH.encode("utf-16-le"),
        SWEDISH.encode("utf-16-be"),
    ],
)
def test_csv_is_read_however_it_was_written(content):
    assert read_table(content, "lista.csv").rows == [(1, ["Namn", "Ort"]), (2, ["Åkes Äng", "Öjebyn"])]


def test_workbook_gives_dates_numbers_and_the_values_of_formulas_as_texts():
    content = book(["A", "B", "C", "D", "E"], [date(2026, 11, 24), 5, 2.5, "=1+1"], formula=("E2", "=1+1", 2))

    assert read_table(content, "lista.xlsx").rows[1] == (2, ["2026-11-24", "5", "2,5", "=1+1", "2"])


def test_own_export_reads_back_without_its_apostrophe():
    rows = read_table(b"A;B\n'=1+1;'-x\n'Aftonbladet;'s\n", "x.csv").rows

    assert rows[1:] == [(2, ["=1+1", "-x"]), (3, ["'Aftonbladet", "'s"])]


def test_time_of_day_is_kept_and_rows_without_anything_are_not_but_count():
    content = book(["A"], [datetime(2026, 11, 24, 13, 30)], [""], ["x"])  # noqa: DTZ001  a spreadsheet knows no zone

    assert read_table(content, "x.xlsx").rows == [(1, ["A"]), (2, ["2026-11-24 13:30"]), (4, ["x"])]


@pytest.mark.parametrize("name", ["x.xlsx", "x.ods", "x.csv", "x.tsv"])
def test_rows_have_the_numbers_that_they_have_in_the_file(name):
    rows = [["Medlemmar 2026"], [], ["Namn", "Ort"], [], ["Åkes Äng", "Öjebyn"]]

    table = read_table(FORMATS[name[2:]](rows), name)

    assert [(number, [cell for cell in cells if cell]) for number, cells in table.rows] == [
        (1, ["Medlemmar 2026"]),
        (3, ["Namn", "Ort"]),
        (5, ["Åkes Äng", "Öjebyn"]),
    ]


def test_the_first_sheet_that_can_be_seen_and_has_something_in_it_is_read():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        hidden, _empty, shown, further = (workbook.add_worksheet(name) for name in ("Dold", "Tom", "Synlig", "Mer"))
        shown.activate()
        hidden.hide()
        for sheet in (hidden, shown, further):
            sheet.write_column(0, 0, [sheet.name, "x"])

    table = read_table(stream.getvalue(), "x.xlsx")

    assert (table.sheet, table.others, table.rows[0]) == (
        "Synlig",
        {"Tom": [], "Mer": [(1, ["Mer"]), (2, ["x"])]},
        (1, ["Synlig"]),
    )
    assert (table.choices(), table.turned_to("Mer").others["Synlig"]) == (["Synlig", "Mer"], table.rows)


def test_a_further_sheet_that_is_too_large_does_the_first_no_harm():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        for name, size in (("Ett", 2), ("Stort", 5100), ("Litet", 3)):
            workbook.add_worksheet(name).write_column(0, 0, ["x"] * size)

    table = read_table(stream.getvalue(), "x.xlsx")

    assert (len(table.rows), {name: len(rows) for name, rows in table.others.items()}) == (2, {"Stort": 0, "Litet": 3})


def test_headings_are_the_row_that_knows_most_of_them_else_the_first_with_two_cells():
    table = read_table(b"Lista;;\n2026\n;Namn;Ort\nx;y;z\n", "x.csv")

    assert table.headings(lambda cells: ("Ort" in cells) + ("Namn" in cells)) == 2
    assert table.headings(lambda cells: 0) == 2


def code_of(content, name="x.xlsx"):
    with pytest.raises(ValidationError) as refused:
        read_table(content, name)
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"A;B\n", "x.csv", "empty"),
        (b"", "x.csv", "empty"),
        (b"PK\x03\x04nonsense", "x.xlsx", "kind"),
        (b"\xd0\xcf\x11\xe0\0\0", "gammal.xls", "kind"),
        (b'A;B\n"never closed;x\n', "x.csv", "quotes"),
        (b"A\n" + b"x\n" * 5021, "x.csv", "rows"),
        (b";".join([b"A"] * 61) + b"\nx\n", "x.csv", "columns"),
        (b"x" * 5_000_001, "x.csv", "size"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content, name, code):
    assert code_of(content, name) == code


def test_a_workbook_that_was_damaged_on_its_way_is_refused_with_a_reason():
    whole = book(["A", "B"], *([["some text", "and more"]] * 30))
    with zipfile.ZipFile(BytesIO(whole)) as packed:
        begins = packed.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    damaged = [whole[:position] + bytes(9) + whole[position + 9 :] for position in range(begins, begins + 60, 20)]

    assert [code_of(each) for each in damaged] == ["kind"] * 3


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_within_seconds_and_leave_no_memory_taken(name):
    content = BOMBS[name]()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = psutil.Process().memory_info().rss

    code = code_of(content, name)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert (code in REASONS, seconds < 5) == (True, True)
    assert psutil.Process().memory_info().rss - own < 40_000_000


def test_the_largest_table_that_is_taken_is_read_within_the_limits():
    content = xlsx([[f"{row} {column} åäö" for column in range(60)] for row in range(5001)])

    assert (len(content) < MOST_BYTES, len(read_table(content, "x.xlsx").rows)) == (True, 5001)
