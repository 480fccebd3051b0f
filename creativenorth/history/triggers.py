"""Installs the triggers that the models declare after the last migration, and what keeps recorded tables from being emptied."""

import pgtrigger
from django.apps import apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pghistory.models import Context
from pgtrigger import core, registry

from creativenorth.history.recording import MAY_EMPTY

# TRUNCATE fires no trigger for rows, so it would leave no trace.
_NEVER_EMPTIED = f"""
CREATE OR REPLACE FUNCTION creativenorth_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('{MAY_EMPTY}', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'TRUNCATE would leave no trace: table %', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$
"""
_GUARDED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'never_emptied'"
_GUARD = """
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {} FOR EACH STATEMENT EXECUTE FUNCTION creativenorth_never_emptied()
"""


def install_triggers(sender, using, **kwargs):
    """Receiver of `post_migrate`: install what differs, one by one, so that no table is locked for long; remove the rest."""
    if _unapplied(connections[using]):
        return
    for model, trigger in registry.registered():
        if trigger.get_installation_status(model, using)[0] != core.INSTALLED:
            trigger.install(model, database=using)
    pgtrigger.prune(database=using)
    _guard_recorded_tables(connections[using])


def _guard_recorded_tables(connection):
    """Every recorded table, its history, and the table of who caused what."""
    events = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    models = [Context, *events, *(event.pgh_tracked_model for event in events)]
    with connection.cursor() as cursor:
        cursor.execute(_NEVER_EMPTIED)
        cursor.execute(_GUARDED)
        guarded = {table for (table,) in cursor}
        for table in sorted({model._meta.db_table for model in models} - guarded):
            cursor.execute(_GUARD.format(connection.ops.quote_name(table)))


def _unapplied(connection):
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
