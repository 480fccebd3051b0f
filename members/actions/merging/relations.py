"""Every row that points to a company or a person, and what becomes of it when two of them turn out to be one.

    @moves("members.Membership.company", _("memberships"))
    def memberships(rows, gone, kept): ...      # rows: those that point to `gone`; afterwards none may

The floors above register what is theirs. A column that only says who did something (SET_NULL) needs no entry: it points
to the one who stayed. Everything else without one stops the merging, and a test names it.
"""

from dataclasses import dataclass

from django.db.models import SET_NULL

_movers = {}


class UnregisteredRelation(Exception):
    """A relation that nobody has said anything about: nothing is merged."""


@dataclass(frozen=True)
class Mover:
    """`name` is what staff read beside the number; without one the number is not shown."""

    name: str
    move: callable


def moves(label, name=""):
    """Register `function(rows, gone, kept)` for the column "app.Model.field"."""

    def register(function):
        _movers[label] = Mover(name, function)
        return function

    return register


def moves_along(label, name=""):
    """The rows go to the one that stays, as they are."""
    _movers[label] = Mover(name, _along(label.rpartition(".")[2]))


def _along(column):
    return lambda rows, gone, kept: rows.update(**{column: kept})


def columns_to(model):
    """Every foreign key in any app that points to the model, links of many to many included, history not."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_column = relation.auto_created and not relation.concrete and not relation.many_to_many
        table = relation.related_model
        if is_column and not hasattr(table, "pgh_tracked_model") and not table._meta.proxy:
            yield relation.field


def label_of(column):
    return f"{column.model._meta.label}.{column.name}"


def mover_of(column):
    """What is to be done with the column, or None where nobody has said so."""
    if found := _movers.get(label_of(column)):
        return found
    return Mover("", _along(column.name)) if column.remote_field.on_delete is SET_NULL else None


def rows_of(column, owner):
    return column.model._base_manager.filter(**{column.name: owner})


def counted(gone):
    """[(name, number)] of what hangs on it, in the order of registration; what is shown before it is moved."""
    columns = {label_of(column): column for column in columns_to(type(gone))}
    named = [(columns[label], mover.name) for label, mover in _movers.items() if label in columns and mover.name]
    found = [(name, rows_of(column, gone).count()) for column, name in named]
    return [(name, number) for name, number in found if number]


def move_all(gone, kept):
    """Move everything, and answer {column: number}. Raises `UnregisteredRelation`."""
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
