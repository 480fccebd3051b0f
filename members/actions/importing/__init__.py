"""Importing a table: sent, its columns matched, imported in one transaction, and undone within a month."""

from members.actions.importing.steps import (
    ConflictingEntry,
    ImportNotOpen,
    UndoExpired,
    choose_headings,
    discard_import,
    forget_imports,
    match_columns,
    run_import,
    send_table,
    undo_import,
)

__all__ = [
    "ConflictingEntry",
    "ImportNotOpen",
    "UndoExpired",
    "choose_headings",
    "discard_import",
    "forget_imports",
    "match_columns",
    "run_import",
    "send_table",
    "undo_import",
]
