"""A half-configured or contradictory portal refuses to start, with a sentence that says what to set."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from creativenorth.run import checks

HOUSE = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "vJ3nQ8rT6wY1zB5cD9fG2hK4mP7sU0xA-vJ3nQ8rT6wY1zB5cD9fG2hK4m",
    "NUMBER_KEY": "m4Kq8Zt2Xw6Rb0Ny5Lp9Sd3Fg7Hj1Vc-m4Kq8Zt",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@db.example/portal",
    "EMAIL_URL": "submission://portal:secret@mail.example:587",
    "TRUSTED_PROXIES": "1",
}
REFUSALS = [
    ({"SECRET_KEY": ""}, "Set SECRET_KEY to "),
    ({"SECRET_KEY": "short"}, "SECRET_KEY is too easy to guess"),
    ({"NUMBER_KEY": ""}, "Set NUMBER_KEY to "),
    ({"NUMBER_KEY": PRODUCTION["SECRET_KEY"]}, "Set NUMBER_KEY to "),
    ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to "),
    ({"ALLOWED_HOSTS": "*", "SITE_URL": "https://portal.example"}, "ALLOWED_HOSTS names *"),
    ({"SITE_URL": "http://portal.example"}, "SITE_URL is http://portal.example: set it to https://"),
    ({"SITE_URL": "https://other.example"}, "SITE_URL is https://other.example: set it to https://"),
    ({"DATABASE_URL": ""}, "Set DATABASE_URL to "),
    ({"DATABASE_URL": "mysql://portal@db.example/portal"}, "DATABASE_URL must name a Postgres"),
    ({"DATABASE_URL": "nonsense"}, "DATABASE_URL must name a Postgres"),
    ({"EMAIL_URL": ""}, "Set EMAIL_URL to "),
    ({"EMAIL_URL": "console://"}, "EMAIL_URL must name a mail server"),
    ({"EMAIL_URL": "smtp+tls://portal:secret@mail.example:587"}, "EMAIL_URL must name a mail server"),
    (
        {"EMAIL_URL": "smtp://portal:secret@mail.example:587"},
        "EMAIL_URL would send the mail server's password unencrypted",
    ),
    ({"WEB_WORKERS": "0"}, "WEB_WORKERS is 0: set it to 1 or more."),
    ({"LOCK_TIMEOUT_MS": "0"}, "LOCK_TIMEOUT_MS is 0: without a limit"),
    ({"TRUSTED_PROXIES": ""}, "Set TRUSTED_PROXIES to "),
    ({"TRUSTED_PROXIES": "one"}, 'Environment variable "TRUSTED_PROXIES" invalid'),
    ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES is -1: set it to how many proxies stand in front"),
    ({"STAFF_SECOND_FACTOR": "0"}, "STAFF_SECOND_FACTOR is off"),
    ({"UPLOADS_DIR": "/dev/null/uploads"}, "Uploads cannot be written to /dev/null/uploads"),
    ({"S3_BUCKET": "uploads", "S3_ACCESS_KEY": "key"}, "Set S3_SECRET_KEY too"),
    ({"DEMO": "1"}, "unset DATABASE_URL for the demo"),
    ({"DEMO": "1", "DEBUG": "1", "DATABASE_URL": ""}, "DEMO and DEBUG contradict each other"),
]


def test_every_check_has_an_id_of_its_own():
    source = Path(checks.__file__).read_text()
    ids = re.findall(r'id="(portal\.E\d+)"', source)

    assert (len(ids), sorted(ids)) == (source.count("yield Error("), sorted(set(ids)))


def run(*arguments, **changes):
    """Run Python in the house with the environment of a production, changed; a variable set to "" is left out."""
    kept = {name: os.environ[name] for name in ("PATH", "DATA_DIR")}
    environment = {name: value for name, value in (PRODUCTION | changes).items() if value}
    return subprocess.run(
        [sys.executable, *arguments], cwd=HOUSE, env=kept | environment, capture_output=True, text=True, check=False
    )


def test_production_that_is_wholly_configured_starts():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert result.stdout + result.stderr == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(("changes", "sentence"), REFUSALS)
def test_management_commands_refuse_a_wrong_environment_in_a_sentence(changes, sentence):
    result = run("manage.py", "check", **changes)

    assert result.returncode == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("changes", "sentence"), [REFUSALS[0], REFUSALS[11], REFUSALS[-2]])
def test_web_server_refuses_a_wrong_environment(changes, sentence):
    result = run("-c", "import creativenorth.wsgi", **changes)

    assert result.returncode == 1
    assert sentence in result.stderr.splitlines()[-1]


def test_refuse_half_configured_names_every_reason(settings, monkeypatch):
    settings.DEBUG = True
    settings.S3_BUCKET = "uploads"
    monkeypatch.setenv("S3_ACCESS_KEY", "key")

    with pytest.raises(ImproperlyConfigured) as refusal:
        checks.refuse_half_configured()

    assert str(refusal.value) == (
        "DEMO and DEBUG contradict each other: set one of them.\nSet S3_SECRET_KEY too, or neither of the two S3 keys."
    )


@pytest.mark.django_db
def test_database_of_the_tests_passes_its_checks():
    assert run_checks(tags=["database"], databases=["default"]) == []


@pytest.mark.django_db
def test_database_that_is_too_old_or_not_in_utf8_is_refused(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST_POSTGRES", 99)

    (problem,) = run_checks(tags=["database"], databases=["default"])

    version = connection.pg_version // 10000
    assert problem.msg == f"Postgres {version} is too old: DATABASE_URL needs 99 or newer."


@pytest.mark.parametrize("command", [["migrate"], ["load_cluster"], ["work"], ["check", "--database", "default"]])
def test_without_a_database_a_command_ends_in_a_sentence(command):
    result = run("manage.py", *command, DATABASE_URL="postgres://portal@%2Fnowhere/portal")

    assert (result.returncode, "Traceback" in result.stderr) == (1, False)
    assert result.stderr.splitlines()[-1].startswith("The database that DATABASE_URL names does not answer")
