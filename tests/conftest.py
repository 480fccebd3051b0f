from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from tests.database import build_template

pytest_plugins = ["tests.roles", "tests.pages", "tests.matrix"]


def pytest_configure(config):
    """Collect the static files and migrate the template of the database once for a run, before its helpers start."""
    if not hasattr(config, "workerinput"):
        collect_static_files()
        build_template(settings.DATA_DIR / "postgres")


def collect_static_files():
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    sources = [settings.BASE_DIR / "creativenorth/run/staticstorage.py", *(settings.BASE_DIR / "static").rglob("*")]
    newest = max(path.stat().st_mtime for path in sources)
    if not stamp.exists() or stamp.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.touch()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """In the end, part with connections that threads of a test have left open: they keep the database from going."""
    yield
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"{others} AND pid <> pg_backend_pid()")


@pytest.fixture(autouse=True)
def queue_and_limits_left_empty(request, django_db_blocker):
    """A test that commits is cleaned up by emptying Django's own tables; those of the queue and of the cache,
    with the limits on guessing, are not among them."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, creativenorth_cache"
            )


@pytest.fixture(autouse=True)
def uploads_of_the_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def swedish_first():
    """A request leaves its language behind in the thread; the next test begins in Swedish."""
    translation.activate("sv")
    yield
    translation.deactivate()
