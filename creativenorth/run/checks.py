"""System checks that refuse a half-configured or contradictory portal; each says what to set.

They run before every management command and before the web server answers its first request. Without SECRET_KEY,
ALLOWED_HOSTS and DATABASE_URL the settings cannot be read at all: creativenorth.settings refuses these itself.
"""

import importlib.util
import os
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

CONFIGURATION = "configuration"
OLDEST_POSTGRES = 15
MOST_PROXIES = 9
BACKENDS_WITHOUT_DELIVERY = ("console", "dummy", "filebased", "locmem")


def refuse_half_configured():
    """Raise ImproperlyConfigured with all reasons why the portal must not run like this."""
    problems = sorted(run_checks(tags=[CONFIGURATION]), key=lambda problem: problem.id)
    if serious := [problem.msg for problem in problems if problem.is_serious()]:
        raise ImproperlyConfigured("\n".join(serious))


@register(CONFIGURATION)
def check_demo(**kwargs):
    if settings.DEMO and settings.DEBUG:
        yield Error("DEMO and DEBUG contradict each other: set one of them.", id="portal.E001")
    if settings.DEMO and os.environ.get("DATABASE_URL"):
        yield Error(
            "DEMO loads invented content and accounts whose password everybody knows, so it never touches a database "
            "of yours: unset DATABASE_URL for the demo, or DEMO for your portal.",
            id="portal.E002",
        )


@register(CONFIGURATION)
def check_secret_key(**kwargs):
    if settings.PRODUCTION and (len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 10):
        yield Error("SECRET_KEY is too easy to guess: set it to at least 50 random characters.", id="portal.E003")


@register(CONFIGURATION)
def check_number_key(**kwargs):
    if settings.PRODUCTION and (len(settings.NUMBER_KEY) < 32 or settings.NUMBER_KEY == settings.SECRET_KEY):
        yield Error(
            "Set NUMBER_KEY to at least 32 random characters, other than SECRET_KEY, and keep a copy: it seals sole "
            "traders' personal numbers, which nobody can read without it.",
            id="portal.E016",
        )


@register(CONFIGURATION)
def check_addresses(**kwargs):
    if not settings.PRODUCTION:
        return
    wrong = [host for host in settings.ALLOWED_HOSTS if "*" in host or "/" in host or ":" in host]
    if wrong:
        yield Error(
            f"ALLOWED_HOSTS names {', '.join(wrong)}: set it to plain host names such as portal.example, no wildcard.",
            id="portal.E004",
        )
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https" or site.hostname not in settings.ALLOWED_HOSTS:
        yield Error(
            f"SITE_URL is {settings.SITE_URL}: set it to https:// and one of ALLOWED_HOSTS; mails link there.",
            id="portal.E005",
        )
    if settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXIES:
        yield Error(
            "Set TRUSTED_PROXIES to the number of proxies in front of the portal (1 for a TLS proxy on the same "
            "machine): without it every request looks unencrypted and is redirected for ever.",
            id="portal.E006",
        )


@register(CONFIGURATION)
def check_numbers(**kwargs):
    for name in ("WEB_WORKERS", "PORT"):
        if getattr(settings, name) < 1:
            yield Error(f"{name} is {getattr(settings, name)}: set it to 1 or more.", id="portal.E014")
    for name in ("STATEMENT_TIMEOUT_MS", "LOCK_TIMEOUT_MS"):
        if int(os.environ.get(name) or 1) < 1:
            yield Error(
                f"{name} is {os.environ[name]}: without a limit one visitor can hold all; set it above 0.",
                id="portal.E015",
            )


@register(CONFIGURATION)
def check_proxies(**kwargs):
    if not 0 <= settings.TRUSTED_PROXIES <= MOST_PROXIES:
        yield Error(
            f"TRUSTED_PROXIES is {settings.TRUSTED_PROXIES}: set it to how many proxies stand in front, 1 for nginx alone.",
            id="portal.E019",
        )


@register(CONFIGURATION)
def check_mail(**kwargs):
    if not settings.PRODUCTION:
        return
    backend = settings.EMAIL_BACKEND.split(".")[-2]
    if not settings.EMAIL_URL:
        yield Error("Set EMAIL_URL to your mail server: submission://user:password@host:587.", id="portal.E007")
    elif backend in BACKENDS_WITHOUT_DELIVERY or not settings.EMAIL_HOST:
        yield Error("EMAIL_URL must name a mail server: submission://user:password@host:587.", id="portal.E008")
    elif settings.EMAIL_HOST_PASSWORD and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield Error(
            "EMAIL_URL would send the mail server's password unencrypted: begin it with submission://, or add ?ssl=true "
            "where the server speaks TLS from the first byte (port 465).",
            id="portal.E018",
        )


@register(CONFIGURATION)
def check_second_factor(**kwargs):
    if not (settings.STAFF_SECOND_FACTOR or settings.DEMO):
        yield Error(
            "STAFF_SECOND_FACTOR is off: staff see everybody's data, so a password alone opens the admin in the demo only.",
            id="portal.E017",
        )


@register(CONFIGURATION)
def check_uploads(**kwargs):
    if settings.S3_BUCKET:
        yield from _check_bucket()
    elif settings.PRODUCTION and not _can_be_written(settings.MEDIA_ROOT):
        yield Error(
            f"Uploads cannot be written to {settings.MEDIA_ROOT}: make that folder, writable for the portal, name "
            "another one with UPLOADS_DIR, or set S3_BUCKET.",
            id="portal.E009",
        )


def _can_be_written(folder):
    existing = next(path for path in [folder, *folder.absolute().parents] if path.exists())
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)


def _check_bucket():
    missing = [name for name in ("S3_ACCESS_KEY", "S3_SECRET_KEY") if not os.environ.get(name)]
    if len(missing) == 1:
        yield Error(f"Set {missing[0]} too, or neither of the two S3 keys.", id="portal.E010")
    if not (importlib.util.find_spec("storages") and importlib.util.find_spec("boto3")):
        yield Error("S3_BUCKET needs the packages of requirements-s3.txt: install them.", id="portal.E011")


@register(Tags.database)
def check_database_server(databases, **kwargs):
    """Asks the database server, so it runs only with `migrate` and `check --database default`."""
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')"
            )
            version, encoding = cursor.fetchone()
        if version < OLDEST_POSTGRES:
            yield Error(
                f"Postgres {version} is too old: DATABASE_URL needs {OLDEST_POSTGRES} or newer.", id="portal.E012"
            )
        if encoding != "UTF8":
            yield Error(f"The database is encoded in {encoding}: make it anew with ENCODING 'UTF8'.", id="portal.E013")
