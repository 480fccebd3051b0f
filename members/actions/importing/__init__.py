"""Importing a table: sent, its columns matched, imported in one transaction, and undone as long as its record is kept."""

from members.actions.importing.steps import (
    TARGET_MODELS,
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
    "TARGET_MODELS",
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
