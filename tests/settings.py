"""The demo's settings on a database server of the tests' own, in .data/tests; whatever the environment says, tests run alike.

Each run that goes on at the same time has a server to itself; the folders are kept, for `--reuse-db`.
PG chooses the major version of Postgres.
"""

import atexit
import fcntl
import os
import signal
import sys
from itertools import count
from pathlib import Path

from django.template import Node

from creativenorth.run import postgres

FOLDER = "TESTS_FOLDER"  # set by the process that starts the run, for its helpers
OF_THE_PORTAL = [
    "DEBUG",
    "DATABASE_URL",
    "SECRET_KEY",
    "NUMBER_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "PORT",
    "EMAIL_URL",
    "S3_BUCKET",
]


def _lock_folder() -> Path:
    """The first folder that no other run has; it is ours until this process ends."""
    tests = Path(__file__).resolve().parent.parent / ".data" / "tests"
    for number in count(1):
        folder = tests / f"{os.environ.get('PG') or 'postgres'}-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return folder
    raise AssertionError("count() does not end")


def _start_server() -> Path:
    folder = _lock_folder()
    major = int(os.environ["PG"]) if os.environ.get("PG") else None
    postgres.start(folder / "postgres", major=major, durable=False)
    atexit.register(postgres.stop, folder / "postgres")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # which runs what is registered; the default does not
    return folder


if FOLDER not in os.environ:
    os.environ[FOLDER] = str(_start_server())
for name in OF_THE_PORTAL:
    os.environ.pop(name, None)
os.environ |= {"DEMO": "1", "DATA_DIR": os.environ[FOLDER]}
# Fifty at once on a machine that does other things too wait longer for each other than people would.
os.environ |= {"LOCK_TIMEOUT_MS": "30000", "STATEMENT_TIMEOUT_MS": "45000"}

from creativenorth.history.recording import MAY_EMPTY
from creativenorth.settings import *
from tests.database import template_name

DATABASES["default"]["OPTIONS"]["options"] += f" -c {MAY_EMPTY}=on"
DATABASES["default"]["TEST"] = {"TEMPLATE": template_name()}

# Every client of a test would read the folder of static files anew; a file is looked for when it is asked for.
WHITENOISE_AUTOREFRESH = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class _Undefined(str):
    """Stands for a variable that a template of ours names and nobody gave: the test fails instead of showing nothing."""

    def __bool__(self):
        """Django asks the mark for its opinion only where it is not empty."""
        return True

    def __contains__(self, text):
        return text == "%s"

    def __mod__(self, variable):
        template = _template_being_rendered()
        if template.startswith(str(TEMPLATE_DIR)):
            raise AssertionError(f"{template} names {variable}, which is not defined.")
        return ""


def _template_being_rendered() -> str:
    frame = sys._getframe()
    while frame := frame.f_back:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and hasattr(node, "origin"):
            return str(node.origin.name)
    return ""


TEMPLATE_DIR = BASE_DIR / "templates"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Undefined()
