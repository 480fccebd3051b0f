"""The tests' settings with a database that the benchmark makes for itself, and its own addresses."""

import os
from pathlib import Path

import dj_database_url

from creativenorth.run import postgres
from tests.settings import *

ROOT_URLCONF = "tests.benchmarks.urls"
DATABASES["default"]["NAME"] = "benchmark"
LOGGING["root"]["level"] = "ERROR"

if os.environ.get("DURABLE"):  # a server that keeps its word when it is killed, as in production
    _server = postgres.start(Path(os.environ[FOLDER]) / "durable", durable=True)
    DATABASES["default"] |= dj_database_url.parse(_server) | {"NAME": "benchmark"}
    LOGGING["root"]["level"] = "CRITICAL"  # a server without a database says so in every answer
if os.environ.get("SMTP_PORT"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["SMTP_PORT"])
