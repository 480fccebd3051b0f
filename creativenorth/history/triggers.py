"""Installs the triggers that the models declare (history and its guards) after the last migration."""

import pgtrigger
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pgtrigger import core, registry


def install_triggers(sender, using, **kwargs):
    """Receiver of `post_migrate`: install what differs, one by one, so that no table is locked for long; remove the rest."""
    if _unapplied(connections[using]):
        return
    for model, trigger in registry.registered():
        if trigger.get_installation_status(model, using)[0] != core.INSTALLED:
            trigger.install(model, database=using)
    pgtrigger.prune(database=using)


def _unapplied(connection):
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
