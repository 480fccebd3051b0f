"""Lists as staff send them in."""

from io import BytesIO
from uuid import uuid4

import xlsxwriter
from django.db import connection
from python_calamine import CalamineWorkbook
from stdnum import luhn

from members.actions.importing import send_table
from members.actions.importing.plan import lines_of
from members.models.table_import import ImportKind

HEAD = ["Företag", "Org.nr", "Kommun", "Ort", "Webb", "E-post", "Telefon", "Branscher", "Medlem från"]
PEOPLE = ["Namn", "E-post", "Telefon", "Språk", "Företag", "Roll", "Målgrupp", "Titel"]
TABLES = [
    "members_company",
    "members_profileversion",
    "members_profileversion_sectors",
    "members_companynumber",
    "members_membership",
    "members_user",
    "members_affiliation",
    "account_emailaddress",
    "members_invitation",
]


def workbook(head, rows):
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([head, *rows]):
            for column, value in enumerate(row):
                sheet.write_string(number, column, str(value))
    return stream.getvalue()


def read(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def number(serial):
    """A legal person's number that keeps the rules, another one for each serial."""
    digits = f"559{serial:06}"
    return f"{digits[:6]}-{digits[6:]}{luhn.calc_check_digit(digits)}"


def company_row(serial, **cells):
    """A good row; `cells` by heading replace what stands there."""
    row = {
        "Företag": f"Bolag {serial:04} AB",
        "Org.nr": number(serial),
        "Kommun": "Piteå",
        "Ort": "Öjebyn",
        "Webb": f"www.b{serial}.example",
        "E-post": f"hej@b{serial}.example",
        "Telefon": "0911-123 45",
        "Branscher": "Film, Spelutveckling",
        "Medlem från": "2026-01-01",
    }
    return [(row | cells)[heading] for heading in HEAD]


BROKEN = [
    {"Org.nr": "556529-8791"},
    {"Kommun": "Stockholm"},
    {"E-post": "inte en adress"},
    {"Medlem från": "i våras"},
    {"Branscher": "Gruvdrift"},
]


def thousand_rows():
    """A thousand companies, every twentieth of them broken in one of five ways."""
    return [company_row(n, **(BROKEN[n // 20 % 5] if n % 20 == 7 else {})) for n in range(1000)]


def checksums():
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM {table} AS t")
            found[table] = cursor.fetchone()[0]
    return found


def send(by, rows, head=HEAD, kind=ImportKind.COMPANIES):
    content = workbook(head, rows)
    return send_table(by=by, kind=kind, content=content, file_name="lista.xlsx", idempotency_key=uuid4())


def verdicts(table_import):
    return [str(line.verdict) for line in lines_of(table_import)]
