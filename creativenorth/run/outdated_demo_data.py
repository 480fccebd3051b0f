"""The demo's data of an older portal, whose first migrations were others: moved aside, for no migration leads from there.

A database notes which first migrations it was made by, as the comment of Django's own table of migrations. They never
change once a portal is deployed.
"""

import hashlib
from pathlib import Path

import psycopg
from django.utils import timezone

from creativenorth.run import postgres

HOUSE = Path(__file__).resolve().parents[2]
STATE = ("postgres", "uploads", "mail")


def note_first_migrations(cursor):
    cursor.execute(f"COMMENT ON TABLE django_migrations IS '{_fingerprint()}'")


def move_older_data_aside(data_dir: Path) -> Path | None:
    """The folder that the embedded database, uploads and mail were moved to; None where they are of this portal."""
    if not _is_older(postgres.start(data_dir / "postgres")):
        return None
    postgres.stop(data_dir / "postgres")
    aside = data_dir / f"older-{timezone.localtime():%Y-%m-%d-%H%M%S}"
    aside.mkdir()
    for name in STATE:
        if (data_dir / name).exists():
            (data_dir / name).rename(aside / name)
    return aside


def _is_older(url):
    with psycopg.connect(url) as database:
        (table,) = database.execute("SELECT to_regclass('django_migrations')").fetchone()
        if table is None:
            return False
        (made_by,) = database.execute("SELECT obj_description('django_migrations'::regclass)").fetchone()
    return made_by != _fingerprint()


def _fingerprint():
    files = sorted(HOUSE.glob("*/migrations/000[12]_*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
