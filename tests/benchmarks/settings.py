"""The tests' settings with a database that the benchmark makes for itself, and a page that is nothing but the frame."""

from tests.settings import *

ROOT_URLCONF = "tests.benchmarks.urls"
DATABASES["default"]["NAME"] = "benchmark"
LOGGING["root"]["level"] = "ERROR"
