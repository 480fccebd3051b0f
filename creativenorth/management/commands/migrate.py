from contextlib import contextmanager

import pgtrigger
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pgtrigger import core, registry

# Any number, as long as nobody else in this database uses it.
MIGRATION_LOCK = 0x4372_4E6F


class Command(migrate.Command):
    """Django's, one at a time: of two deploys at once the second waits, and then finds nothing to do.

    Once all is applied, the triggers that the models name are installed where they differ from what the database has.
    The web's timeouts do not hold here, for a migration may need longer than a page.
    """

    def handle(self, *args, **options):
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        connection = connections[options["database"]]
        with _alone(connection):
            super().handle(*args, **options)
            if not _unapplied(connection):
                install_triggers(options["database"])


def _unapplied(connection):
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def install_triggers(database):
    """Install what differs, one by one, so that no table is locked for longer than that takes; and take away the rest."""
    for model, trigger in registry.registered():
        if trigger.get_installation_status(model, database)[0] != core.INSTALLED:
            trigger.install(model, database=database)
    pgtrigger.prune(database=database)


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
