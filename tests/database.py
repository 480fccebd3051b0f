"""The tests' database: migrated once into a template, from which every process of a run copies its own.

The template lies on the tests' own server and is kept for the next run, until a migration is another.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from creativenorth.run import postgres

HOUSE = Path(__file__).resolve().parent.parent
APPS = ["creativenorth", "members", "events", "programmes"]


def template_name() -> str:
    """Follows from the text of all migrations of ours."""
    files = sorted(path for app in APPS for path in (HOUSE / app).rglob("migrations/*.py"))
    text = b"".join(path.read_bytes() for path in files)
    return f"template_{hashlib.sha256(text).hexdigest()[:16]}"


def build_template(server: Path):
    """Make the template on the server where it is missing, and give it the triggers and rows that the code names today."""
    name = template_name()
    with psycopg.connect(postgres.url(server), autocommit=True) as admin:
        kept = {row[0] for row in admin.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'")}
        for old in kept - {name}:
            admin.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        if name not in kept:
            admin.execute(f'CREATE DATABASE "{name}"')
    environment = {name: value for name, value in os.environ.items() if name != "DEMO"} | {
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "creativenorth.settings",
        "DATABASE_URL": postgres.url(server, name),
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=HOUSE, env=environment, check=True)
    with psycopg.connect(postgres.url(server, name), autocommit=True) as template:
        template.execute(
            "DELETE FROM creativenorth_contentversion"
        )  # nothing has been published: tests begin without kept pages
