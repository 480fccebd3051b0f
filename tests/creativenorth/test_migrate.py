import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from creativenorth.management.commands.migrate import MIGRATION_LOCK

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def empty_database(django_db_blocker):
    """The address of a database without tables."""
    server = {"host": connection.settings_dict["HOST"], "user": connection.settings_dict["USER"]}
    name = f"empty_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield f"postgresql:///{name}?host={server['host']}&user={server['user']}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def migrate(url):
    """A deploy in a process of its own; of one app, which is enough to see who waits for whom."""
    environment = {"PATH": os.environ["PATH"], "DEBUG": "1", "DATABASE_URL": url, "DATA_DIR": os.environ["DATA_DIR"]}
    return subprocess.Popen([sys.executable, "manage.py", "migrate", "pghistory", "-v0"], cwd=HOUSE, env=environment)


def test_migrate_waits_for_another_one(empty_database):
    with psycopg.connect(empty_database, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        late = migrate(empty_database)
        time.sleep(6)

        tables_meanwhile = other.execute("SELECT count(*) FROM pg_stat_user_tables").fetchone()
        other.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])

        assert late.wait() == 0
        assert tables_meanwhile == (0,)


def test_migrate_by_two_at_once_gives_one_whole_database(empty_database):
    deploys = [migrate(empty_database), migrate(empty_database)]

    assert [deploy.wait() for deploy in deploys] == [0, 0]

    with psycopg.connect(empty_database) as check:
        assert check.execute("SELECT count(*) FROM pghistory_context").fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_migrate_gives_the_timeouts_of_the_web_back():
    def timeouts():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
            return cursor.fetchone()

    before = timeouts()

    call_command("migrate", verbosity=0)

    assert timeouts() == before
    assert "0" not in before
