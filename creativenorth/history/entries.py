"""What the database's triggers have recorded of an object, as entries that people read: who, when, what became what."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.admin.utils import display_for_field
from django.contrib.auth import get_user_model
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from creativenorth.history.names import last_name, row_of
from creativenorth.history.recording import event_model_of
from creativenorth.hooks import Hook

LONGEST = 600
more_entries = Hook(
    "Called with an object and its `rows_inside`; answers entries of what is recorded elsewhere than in its own columns."
)


@dataclass
class Change:
    """One column that became something else, or a link that was made or removed."""

    label: str
    before: str = ""
    after: str = ""


@dataclass
class HistoryEntry:
    """One event: when, by whom, what kind, and the changes; `merged_from` names the merged object that it happened to."""

    at: datetime
    user_id: int | None
    kind: str
    changes: list = field(default_factory=list)
    who: str = ""
    merged_from: str = ""


def entries(obj, rows_inside=()):
    """All events of the object, its links, the rows inside it and what `more_entries` adds, newest first.

    `rows_inside` are (model, column) of rows that belong to the object: a company's works, an activity's dates.
    """
    found = recorded_entries(obj, rows_inside)
    found += [entry for answer in more_entries(obj, rows_inside) for entry in answer]
    # All events of a transaction have the same time; the stable sort keeps their order.
    found.sort(key=lambda entry: entry.at)
    found.reverse()
    _name_people(found)
    return found


def recorded_entries(obj, rows_inside):
    found = _own_entries(obj)
    for model, column in rows_inside:
        found += _inside_entries(obj, model, column)
    for relation in obj._meta.many_to_many:
        found += _link_entries(obj, relation)
    return found


def _name_people(found):
    keys = {entry.user_id for entry in found if entry.user_id}
    people = get_user_model().objects.in_bulk(keys)
    now = {}
    if gone := keys - people.keys():
        now = get_user_model().objects.successors_of(gone)
        people |= get_user_model().objects.in_bulk(set(now.values()))
    for entry in found:
        entry.who = str(people.get(now.get(entry.user_id, entry.user_id), "")) or _("the portal itself")


def _own_entries(obj):
    model = event_model_of(type(obj))
    return entries_of_row(type(obj), model.objects.filter(pgh_obj_id=obj.pk)) if model else []


def _inside_entries(obj, model, column):
    """Events of the rows that belong to the object, deleted ones among them; each entry says which row it was."""
    recorded = event_model_of(model)
    if recorded is None:
        return []
    rows = defaultdict(list)
    events = recorded.objects.filter(**{f"{column}_id": obj.pk})
    for event in events.select_related("pgh_context").order_by("pgh_id"):
        rows[event.pgh_obj_id].append(event)
    return [entry for events in rows.values() for entry in entries_of_row(model, events, is_inside=True)]


def entries_of_row(model, events, is_inside=False):
    """The events of one row as entries; of a row inside another object, with the name that it had at the time."""
    if not is_inside:
        events = events.select_related("pgh_context").order_by("pgh_id")
    names, found, before = {}, [], None
    for event in events:
        entry = _entry(event)
        if event.pgh_label == "update":
            entry.changes = list(_differences(model, before, event, names))
        if is_inside:
            _add_row_name(entry, model, before or event)
        if entry.changes or event.pgh_label != "update":
            found.append(entry)
        before = event
    return found


def _add_row_name(entry, model, event):
    """Say which row the entry is about, by its name before the change."""
    what = f"{capfirst(str(model._meta.verbose_name))} {row_of(model, event)}"
    entry.kind = f"{what}: {entry.kind}"
    for change in entry.changes:
        change.label = f"{what}: {change.label[:1].lower()}{change.label[1:]}"


def _entry(event):
    kind = {"insert": _("added"), "update": _("changed"), "delete": _("deleted")}[event.pgh_label]
    return HistoryEntry(event.pgh_created_at, _user(event), kind)


def _user(event):
    user = event.pgh_context.metadata.get("user") if event.pgh_context_id else None
    return int(user) if user else None


def _differences(model, before, after, names):
    columns = {column.attname: column for column in model._meta.concrete_fields}
    for column in after._meta.concrete_fields:
        if column.attname not in columns:
            continue
        old, new = getattr(before, column.attname, None), getattr(after, column.attname)
        known = columns[column.attname]
        if old != new and _has_words(known):
            yield Change(capfirst(str(known.verbose_name)), _words(known, old, names), _words(known, new, names))


def _has_words(column):
    """A column that nobody has named is for the program: a revision, a key. Django's own names are no translated texts."""
    return column.is_relation or not isinstance(column.verbose_name, str)


def _words(column, value, names):
    """The value as the forms show it, or as the model's `history_words` {column: function} say it; at most one query for each
    object that is pointed at.
    """
    if value is None or value == "":
        return ""
    if own := getattr(column.model, "history_words", {}).get(column.name):
        return own(value)
    if column.is_relation:
        key = (column.related_model, value)
        if key not in names:
            there = column.related_model._base_manager.filter(pk=value).first()
            names[key] = str(there or last_name(column.related_model, value) or value)
        return names[key]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)):
        texts = dict(getattr(column, "base_field", column).flatchoices)
        return ", ".join(str(texts.get(each, each)) for each in value)
    return Truncator(str(display_for_field(value, column, ""))).chars(LONGEST)


def _link_entries(obj, relation):
    model = event_model_of(relation.remote_field.through)
    if model is None:
        return []
    events = list(
        model.objects.filter(**{f"{relation.m2m_field_name()}_id": obj.pk})
        .select_related("pgh_context")
        .order_by("pgh_id")
    )
    other = f"{relation.m2m_reverse_field_name()}_id"
    names = relation.related_model._base_manager.in_bulk({getattr(event, other) for event in events})
    found = []
    for event in events:
        key = getattr(event, other)
        name = str(names.get(key) or last_name(relation.related_model, key) or key)
        side = {"after": name} if event.pgh_label == "insert" else {"before": name}
        label = capfirst(str(relation.verbose_name))
        found.append(HistoryEntry(event.pgh_created_at, _user(event), _("changed"), [Change(label, **side)]))
    return found
