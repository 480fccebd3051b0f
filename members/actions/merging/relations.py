"""Every foreign key to a company or a person, and how its rows are moved when two are merged.

    @moves("members.Membership.company", _("memberships"))
    def memberships(rows, gone, kept): ...      # rows: those that point to `gone`; afterwards none may

A column with SET_NULL, which only says who did something, needs no entry: it is pointed to
`kept`. Any other column without an entry stops the merging; a test names it.
"""

from dataclasses import dataclass

from django.db.models import SET_NULL

from creativenorth.hooks import Hook

movers = Hook("Values: each a `Mover`; the numbers of rows are shown in their order.")


class UnregisteredRelation(Exception):
    """A foreign key without a mover: nothing is merged."""


@dataclass(frozen=True)
class Mover:
    """`name` is what staff read beside the number of rows; without a name the number is not shown.

    `move(rows, gone, kept)` leaves no row that points to `gone`.
    """

    label: str
    name: str
    move: callable


def moves(label, name=""):
    """Register `function(rows, gone, kept)` for the column "app.Model.field"."""

    def register(function):
        movers.register(Mover(label, name, function))
        return function

    return register


def moves_along(label, name=""):
    """Register the column as one whose rows are pointed to `kept` without further changes."""
    movers.register(Mover(label, name, _along(label.rpartition(".")[2])))


def _along(column):
    return lambda rows, gone, kept: rows.update(**{column: kept})


def columns_to(model):
    """Every foreign key in any app that points to the model, of many-to-many tables too, of history not."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_column = relation.auto_created and not relation.concrete and not relation.many_to_many
        table = relation.related_model
        if is_column and not hasattr(table, "pgh_tracked_model") and not table._meta.proxy:
            yield relation.field


def label_of(column):
    return f"{column.model._meta.label}.{column.name}"


def mover_of(column):
    label = label_of(column)
    if found := next((each for each in movers if each.label == label), None):
        return found
    return Mover(label, "", _along(column.name)) if column.remote_field.on_delete is SET_NULL else None


def rows_of(column, owner):
    return column.model._base_manager.filter(**{column.name: owner})


def counted(gone):
    """[(name, number of rows)] that would be moved, in the order of registration."""
    columns = {label_of(column): column for column in columns_to(type(gone))}
    named = [mover for mover in movers if mover.label in columns and mover.name]
    found = [(mover.name, rows_of(columns[mover.label], gone).count()) for mover in named]
    return [(name, number) for name, number in found if number]


def move_all(gone, kept):
    """Move every row; returns {column: number of rows}. Raises `UnregisteredRelation`."""
    numbers = {}
    for column in columns_to(type(kept)):
        mover = mover_of(column)
        if mover is None:
            raise UnregisteredRelation(label_of(column))
        rows = rows_of(column, gone)
        if number := rows.count():
            numbers[label_of(column)] = number
            mover.move(rows, gone, kept)
    return numbers
