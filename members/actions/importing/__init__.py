"""Importing a table: sent, its columns matched, carried out in one transaction, and taken back as long as it is kept."""

from members.actions.importing.steps import (
    OWNERS,
    Meanwhile,
    NotOpen,
    TooLate,
    carry_out,
    discard_import,
    forget_imports,
    match_columns,
    send_table,
    undo_import,
)

__all__ = [
    "OWNERS", "Meanwhile", "NotOpen", "TooLate", "carry_out", "discard_import", "forget_imports", "match_columns", "send_table",
    "undo_import",
]  # fmt: skip
