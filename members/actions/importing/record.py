"""What an import created and changed, row by row, as JSON, so that it can be undone.

A mark is the number of an object's last history row when the import was done. Any later change adds a history row, so
the mark no longer fits.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass, field

from django.apps import apps
from django.db.models import Max

from creativenorth.history.recording import event_model_of


@dataclass
class Row:
    """What one row did: its owner (the company or person), columns before and after, and the rows created with it."""

    number: int
    is_new: bool
    owner: int = 0
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    created: list = field(default_factory=list)  # [model, key]
    # [model, key, columns before, columns after] of changed rows besides the owner's
    altered: list = field(default_factory=list)
    marks: dict = field(default_factory=dict)  # "model:key" → number of its last history row

    def change(self, owner, values):
        for name, value in values.items():
            self.before[name], self.after[name] = plain(getattr(owner, name)), plain(value)
            setattr(owner, name, value)


class CreatedRows:
    """Adds created objects to the `Row` they belong to."""

    def __init__(self, rows):
        self.rows = rows

    def add(self, pairs):
        for number, created in pairs:
            self.rows[number].created.append([created._meta.label, created.pk])


def plain(value):
    return getattr(value, "as_e164", value) if value else value


def touched_objects(row, label):
    """["model:key"] of everything that the row has created or changed."""
    own = [[label, row.owner]] if row.is_new or row.before else []
    return [f"{model}:{key}" for model, key in [*own, *row.created, *(one[:2] for one in row.altered)]]


def marks(names):
    """{"model:key": number of its last history row}; one query for each model."""
    by_model = defaultdict(list)
    for name in names:
        label, _, key = name.rpartition(":")
        by_model[label].append(int(key))
    found = {}
    for label, keys in by_model.items():
        events = event_model_of(apps.get_model(label))
        if events:
            last = (
                events.objects.filter(pgh_obj_id__in=keys).order_by().values_list("pgh_obj_id").annotate(Max("pgh_id"))
            )
            found |= {f"{label}:{key}": number for key, number in last}
    return found


def as_json_with_marks(rows, label):
    """Set the marks of all rows, after everything is written, and return the rows as JSON can carry them."""
    names = {row.number: touched_objects(row, label) for row in rows}
    found = marks([name for each in names.values() for name in each])
    for row in rows:
        row.marks = {name: found[name] for name in names[row.number] if name in found}
    return [asdict(row) for row in rows]
