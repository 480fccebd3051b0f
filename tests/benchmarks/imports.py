"""What an import costs: `python -m tests.benchmarks.imports`, half a minute, on a database server of its own.

Sends in a thousand companies with fifty broken ones, imports the good ones, and takes them back. Prints the seconds and
queries of each step, and whether the tables are afterwards what they were.
"""

import os
import time
import uuid

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.actions.importing import run_import, send_table, undo_import
from members.actions.importing.plan import counted, lines_of
from tests import factories
from tests.benchmarks import portal
from tests.members.tables import HEAD, checksums, thousand_rows, workbook


def measured(name, step):
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        answer = step()
    print(f"{name:12} {time.perf_counter() - start:6.2f} s {len(asked):5} queries")
    return answer


def main():
    portal.make_database()
    portal.fill(10_000)
    factories.make_sector()
    factories.make_sector("Film", "Film")
    by = factories.make_user("sam@kluster.example", is_staff=True, is_superuser=True)
    content, before = workbook(HEAD, thousand_rows()), checksums()
    asked = {
        "by": by,
        "kind": "companies",
        "content": content,
        "file_name": "lista.xlsx",
        "idempotency_key": uuid.uuid4(),
    }
    sent = measured("sent in", lambda: send_table(**asked))
    lines = measured("previewed", lambda: lines_of(sent))
    print({str(verdict.label): number for verdict, number in counted(lines).items()})
    done = measured("imported", lambda: run_import(by=by, table_import=sent))
    measured("taken back", lambda: undo_import(by=by, table_import=done))
    print("the tables are what they were:", checksums() == before)


if __name__ == "__main__":
    main()
