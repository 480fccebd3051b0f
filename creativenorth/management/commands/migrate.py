from contextlib import contextmanager

from django.core.management.commands import migrate
from django.db import connections

from creativenorth.run.outdated_demo_data import note_first_migrations

# An arbitrary number that nothing else in this database locks.
MIGRATION_LOCK = 0x4372_4E6F


class Command(migrate.Command):
    """Django's command, one at a time: of two deploys at once the second waits, and then finds nothing to do.

    The web server's timeouts do not apply here: a migration may need longer than a page.
    """

    def handle(self, *args, **options):
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        connection = connections[options["database"]]
        with _alone(connection):
            is_new = "django_migrations" not in connection.introspection.table_names()
            super().handle(*args, **options)
            if is_new:
                with connection.cursor() as cursor:
                    note_first_migrations(cursor)


@contextmanager
def _alone(connection):
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
            cursor.execute("RESET statement_timeout; RESET lock_timeout; RESET idle_in_transaction_session_timeout")
