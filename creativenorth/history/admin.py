"""The history page of an object: who changed what and when, read from the rows that the database's triggers write.

Every model admin inherits from `HistoryAdmin`.
"""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import TextField, URLField
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.history.entries import entries
from creativenorth.staff.missing_english import MissingEnglishFilter, has_texts
from creativenorth.text.bilingual import texts_of
from creativenorth.text.numbers import whole_number
from creativenorth.text.slugs import PageSlugField, save_with_free_slug
from creativenorth.web.paging import page_of

PER_PAGE = 50
WEB_ADDRESSES = {URLField: {"assume_scheme": "https"}}


class HistoryAdmin(admin.ModelAdmin):
    """A model admin whose history page shows all changes of the object, however they were made."""

    form = OptimisticLockForm
    object_history_template = "admin/object_history.html"
    formfield_overrides = WEB_ADDRESSES
    texts_are_public = True
    further_rows = []  # (model, column) of rows that belong to the object and are edited elsewhere than in its form
    reasons = {}  # action ("add", "change", "delete") → why it is not done here, by anybody

    def why_not(self, request, action, obj=None):
        """Why the person may not "add", "change" or "delete", as said beside the button; empty where they may."""
        asked = (request,) if action == "add" else (request, obj)
        if getattr(self, f"has_{action}_permission")(*asked):
            return ""
        if action == "add" and action in self.reasons:
            return str(self.reasons[action])
        if not request.user.has_perm(f"{self.opts.app_label}.{action}_{self.opts.model_name}"):
            return _("Your group may read this, not change it.")
        return str(self.reasons.get(action, "")) or _("This is not done here.")

    def get_changeform_initial_data(self, request):
        """Without relations that are no number: the choice of one would look for them."""
        relations = {field.name for field in self.opts.concrete_fields if field.is_relation}
        data = super().get_changeform_initial_data(request)
        return {name: value for name, value in data.items() if name not in relations or whole_number(value) is not None}

    def has_public_texts(self):
        """Whether its list can be narrowed to what lacks English."""
        return self.texts_are_public and has_texts(self.model, self.rows_with_texts())

    def rows_with_texts(self):
        """(model, lookup of the object) of the rows whose texts are shown with the object."""
        return self.rows_inside()

    def get_list_filter(self, request):
        found = super().get_list_filter(request)
        return [*found, MissingEnglishFilter] if self.has_public_texts() else found

    def list_tools(self, request):
        """Buttons above the list: [{label, url, why, post}]; switched off where `why` says so."""
        return []

    def save_model(self, request, obj, form, change):
        """A new row whose address somebody takes at the same moment gets the next one."""
        if not change and any(isinstance(column, PageSlugField) for column in self.opts.concrete_fields):
            save_with_free_slug(obj, obj.slug)
        else:
            super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        """Nothing: the database records it. Django's log would keep names that are erased everywhere else."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """Nothing, for the same reason."""

    def changelist_view(self, request, extra_context=None):
        """With title, buttons and reasons of the list."""
        words = {
            "title": capfirst(str(self.opts.verbose_name_plural)),
            "why_not_add": self.why_not(request, "add"),
            "add_words": _("Add %s") % self.opts.verbose_name,
            "tools": self.list_tools(request),
        }
        return super().changelist_view(request, words | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        action = "add" if add else "change"
        context["why_not_save"] = self.why_not(request, action, obj)
        context["why_not_delete"] = self.why_not(request, "delete", obj) if obj else ""
        context["markdown_pairs"] = ",".join(markdown_texts(self.model))
        response = super().render_change_form(request, context, add, change, form_url, obj)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if any(getattr(each, "has_conflict", False) for each in [context["adminform"].form, *formsets]):
            response.status_code = 409
        return response

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        chosen, choices, found = filtered(entries(obj, self.rows_inside()), request.GET)
        page = page_of(found, request.GET, PER_PAGE)
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

    def rows_inside(self):
        """(model, column) of the rows that belong to the object."""
        return [*self.further_rows, *self._rows_in_form()]

    def _rows_in_form(self):
        return [
            (each.model, field.name)
            for each in self.inlines
            for field in each.model._meta.fields
            if field.related_model is self.model and each.fk_name in (None, field.name)
        ]


def markdown_texts(model):
    """Names of the model's Markdown texts: those in both languages without a longest length."""
    columns = {column.name: column for column in model._meta.concrete_fields}
    pairs = {name: columns[f"{name}_sv"] for name in texts_of(model)}
    return [name for name, column in pairs.items() if isinstance(column, TextField) and not column.max_length]


def filtered(found, asked):
    """What was chosen (`who`, `field`, `since`, `until`), what can be chosen, and the entries that fit."""
    choices = {
        "who": sorted({entry.who for entry in found}),
        "field": sorted({change.label for entry in found for change in entry.changes}),
    }
    chosen = {name: asked.get(name, "") if asked.get(name) in values else "" for name, values in choices.items()}
    for name in ("since", "until"):
        chosen[name] = asked.get(name, "") if parse_day(asked.get(name, "")) else ""
    since, until = parse_day(chosen["since"]), parse_day(chosen["until"])
    return (
        chosen,
        choices,
        [
            entry
            for entry in found
            if chosen["who"] in ("", entry.who)
            and (not chosen["field"] or any(change.label == chosen["field"] for change in entry.changes))
            and (since is None or timezone.localtime(entry.at).date() >= since)
            and (until is None or timezone.localtime(entry.at).date() <= until)
        ],
    )


def parse_day(text):
    """The date, or None where the text is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None
