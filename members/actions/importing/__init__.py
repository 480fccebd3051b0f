"""Importing a table: sent, its columns matched, imported in one transaction, and undone within a month."""

from members.actions.importing.steps import (
    ConflictingEntry,
    ImportNotOpen,
    ReadOtherwise,
    UndoExpired,
    choose_headings,
    choose_sheet,
    decide_rows,
    discard_import,
    forget_imports,
    match_columns,
    reading_of,
    run_import,
    send_table,
    undo_import,
)

__all__ = [
    "ConflictingEntry",
    "ImportNotOpen",
    "ReadOtherwise",
    "UndoExpired",
    "choose_headings",
    "choose_sheet",
    "decide_rows",
    "discard_import",
    "forget_imports",
    "match_columns",
    "reading_of",
    "run_import",
    "send_table",
    "undo_import",
]
