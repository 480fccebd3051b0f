"""What happened to an object, read from the rows that the database's triggers wrote: who, when, what became what.

Every model admin stands on `HistoryAdmin`. The page only reads; the rows themselves refuse every change.
"""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import display_for_field
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import TextField, URLField
from django.forms.models import _get_foreign_key
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from creativenorth.bilingual import texts_of
from creativenorth.history import event_model_of

LONGEST = 600
PER_PAGE = 50
WEB_ADDRESSES = {URLField: {"assume_scheme": "https"}}


@dataclass
class Change:
    """One column that became something else, or a link that was made or taken away."""

    label: str
    before: str = ""
    after: str = ""


@dataclass
class Entry:
    """One event: when, by whom, what kind, and the changes."""

    at: datetime
    user_id: int | None
    kind: str
    changes: list = field(default_factory=list)
    who: str = ""


class HistoryAdmin(admin.ModelAdmin):
    """A model admin whose history is the object's own, whoever changed it and by whatever way."""

    object_history_template = "admin/object_history.html"
    formfield_overrides = WEB_ADDRESSES
    reasons = {}  # deed ("add", "change", "delete") → why it is not done here, by anybody

    def why_not(self, request, deed, obj=None):
        """Why the person may not add, change or delete, to be said beside the button; empty where they may."""
        asked = (request,) if deed == "add" else (request, obj)
        if getattr(self, f"has_{deed}_permission")(*asked):
            return ""
        if not request.user.has_perm(f"{self.opts.app_label}.{deed}_{self.opts.model_name}"):
            return _("Your group may read this, not change it.")
        return str(self.reasons.get(deed, "")) or _("This is not done here.")

    def changelist_view(self, request, extra_context=None):
        """The list is called what it lists."""
        words = {
            "title": capfirst(str(self.opts.verbose_name_plural)),
            "why_not_add": self.why_not(request, "add"),
            "add_words": _("Add %s") % self.opts.verbose_name,
        }
        return super().changelist_view(request, words | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        deed = "add" if add else "change"
        context["why_not_save"] = self.why_not(request, deed, obj)
        context["why_not_delete"] = self.why_not(request, "delete", obj) if obj else ""
        context["markdown_pairs"] = ",".join(markdown_texts(self.model))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        chosen, choices, found = filtered(entries(obj, self._rows_inside()), request.GET)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
        context = self.admin_site.each_context(request) | {
            "title": _("History: %s") % obj,
            "subtitle": None,
            "entries": page,
            "chosen": chosen,
            "choices": choices,
            "query": urlencode({name: value for name, value in chosen.items() if value}),
            "object": obj,
            "opts": self.opts,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "preserved_filters": self.get_preserved_filters(request),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context | (extra_context or {}))

    def _rows_inside(self):
        """(model, column) of the rows that are edited in the object's own form: a company's works, an activity's dates."""
        return [
            (inline.model, _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name).name)
            for inline in self.inlines
        ]


def markdown_texts(model):
    """Names of the model's Markdown texts: those in both languages that may be of any length."""
    columns = {column.name: column for column in model._meta.concrete_fields}
    pairs = {name: columns[f"{name}_sv"] for name in texts_of(model)}
    return [name for name, column in pairs.items() if isinstance(column, TextField) and not column.max_length]


def filtered(found, asked):
    """What was asked (`who`, `field`, `since`, `until`), what can be asked, and the entries that fit."""
    choices = {
        "who": sorted({entry.who for entry in found}),
        "field": sorted({change.label for entry in found for change in entry.changes}),
    }
    chosen = {name: asked.get(name, "") if asked.get(name) in values else "" for name, values in choices.items()}
    for name in ("since", "until"):
        chosen[name] = asked.get(name, "") if parse_day(asked.get(name, "")) else ""
    since, until = parse_day(chosen["since"]), parse_day(chosen["until"])
    return chosen, choices, [
        entry
        for entry in found
        if chosen["who"] in ("", entry.who)
        and (not chosen["field"] or any(change.label == chosen["field"] for change in entry.changes))
        and (since is None or timezone.localtime(entry.at).date() >= since)
        and (until is None or timezone.localtime(entry.at).date() <= until)
    ]  # fmt: skip


def parse_day(text):
    """The date that was written, or None where none was."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def entries(obj, rows_inside=()):
    """All that happened to the object, to its links and to the rows inside it, the newest first."""
    found = _own_entries(obj)
    for model, column in rows_inside:
        found += _inside_entries(obj, model, column)
    for relation in obj._meta.many_to_many:
        found += _link_entries(obj, relation)
    # One transaction has one time: within it the order stays, and links follow what they belong to.
    found.sort(key=lambda entry: entry.at)
    found.reverse()
    people = get_user_model().objects.in_bulk({entry.user_id for entry in found if entry.user_id})
    for entry in found:
        entry.who = str(people.get(entry.user_id, "")) or _("the portal itself")
    return found


def _own_entries(obj):
    model = event_model_of(type(obj))
    if model is None:
        return []
    names, found, before = {}, [], None
    for event in model.objects.filter(pgh_obj_id=obj.pk).select_related("pgh_context").order_by("pgh_id"):
        entry = _entry(event)
        if event.pgh_label == "update":
            entry.changes = list(_differences(obj, before, event, names))
        if entry.changes or event.pgh_label != "update":
            found.append(entry)
        before = event
    return found


def _inside_entries(obj, model, column):
    """What happened to the rows of the model that belong to the object; each is named as it was called last."""
    recorded = event_model_of(model)
    if recorded is None:
        return []
    events = recorded.objects.filter(**{f"{column}_id": obj.pk}).select_related("pgh_context").order_by("pgh_id")
    last, called, names, found = {}, {}, {}, []
    kind = capfirst(str(model._meta.verbose_name))
    for event in events:
        last.setdefault(event.pgh_obj_id, []).append(event)
    for number, happened in last.items():
        called[number] = str(_as_it_was(model, happened[-1]))
        for before, event in zip([None, *happened], happened, strict=False):
            entry = _entry(event)
            if event.pgh_label == "update":
                entry.changes = list(_differences(model(), before, event, names)) if before else []
                for change in entry.changes:
                    change.label = f"{kind} “{called[number]}”: {change.label}"
            else:
                side = "after" if event.pgh_label == "insert" else "before"
                entry.changes = [Change(kind, **{side: called[number]})]
            found.append(entry)
    return [entry for entry in found if entry.changes]


def _as_it_was(model, event):
    kept = {column.attname for column in event._meta.concrete_fields}
    columns = [column for column in model._meta.concrete_fields if column.attname in kept and not column.generated]
    return model(**{column.attname: getattr(event, column.attname) for column in columns})


def _entry(event):
    kind = {"insert": _("added"), "update": _("changed"), "delete": _("deleted")}[event.pgh_label]
    return Entry(event.pgh_created_at, _user(event), kind)


def _user(event):
    user = event.pgh_context.metadata.get("user") if event.pgh_context_id else None
    return int(user) if user else None


def _differences(obj, before, after, names):
    columns = {column.attname: column for column in obj._meta.concrete_fields}
    for column in after._meta.concrete_fields:
        if column.attname not in columns:
            continue
        old, new = getattr(before, column.attname, None), getattr(after, column.attname)
        if old != new:
            known = columns[column.attname]
            yield Change(capfirst(str(known.verbose_name)), _words(known, old, names), _words(known, new, names))


def _words(column, value, names):
    """The value as the forms show it; one query at most for each object that is pointed at."""
    if value is None or value == "":
        return ""
    if column.is_relation:
        key = (column.related_model, value)
        if key not in names:
            names[key] = str(column.related_model._base_manager.filter(pk=value).first() or value)
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
        name = str(names.get(getattr(event, other), getattr(event, other)))
        side = {"after": name} if event.pgh_label == "insert" else {"before": name}
        label = capfirst(str(relation.verbose_name))
        found.append(Entry(event.pgh_created_at, _user(event), _("changed"), [Change(label, **side)]))
    return found
