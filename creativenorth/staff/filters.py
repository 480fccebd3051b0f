"""Filters of the admin's lists."""

from django.contrib import admin
from django.utils.translation import gettext as _

MOST = 30


class RelatedFilter(admin.RelatedFieldListFilter):
    """By a related object: up to thirty are listed; with more there is a field for a word of the name instead."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        self.word_name, self.is_long, self.model = f"{field_path}_word", False, model
        super().__init__(field, request, params, model, model_admin, field_path)
        self.word = (self.used_parameters.pop(self.word_name, None) or [""])[-1][:100]
        self.related_admin = model_admin.admin_site._registry.get(field.related_model)
        if self.is_long:
            self.template = "admin/_word_filter.html"

    def expected_parameters(self):
        return [*super().expected_parameters(), self.word_name]

    def has_output(self):
        return self.is_long or super().has_output()

    def field_choices(self, field, request, model_admin):
        ordering = self.field_admin_ordering(field, request, model_admin)
        rows = list(field.related_model._default_manager.order_by(*ordering)[: MOST + 1])
        self.is_long = len(rows) > MOST
        return [] if self.is_long else [(row.pk, str(row)) for row in rows]

    def queryset(self, request, queryset):
        queryset = super().queryset(request, queryset)
        if not self.word:
            return queryset
        related = self.field.related_model._default_manager.all()
        found = self.related_admin.get_search_results(request, related, self.word)[0]
        rows = self.model._base_manager.filter(**{f"{self.field_path}__in": found.order_by().values("pk")})
        return queryset.filter(pk__in=rows.values("pk"))

    def choices(self, changelist):
        """With a field for a word: its value, the rest of the address's query, and the address without this filter."""
        if not self.is_long:
            yield from super().choices(changelist)
            return
        own = {"p", *self.expected_parameters()}
        yield {
            "word": self.word,
            "name": self.word_name,
            "others": [(name, value) for name, value in changelist.params.items() if name not in own],
            "all_url": changelist.get_query_string(remove=[*self.expected_parameters()]),
            "is_chosen": bool(self.word or self.lookup_val),
            "words": _("Word in the name"),
        }


class HappenedFilter(admin.EmptyFieldListFilter):
    """By a moment that is set once something has happened: "Yes" or "No" instead of Django's "Not empty" and "Empty"."""

    def choices(self, changelist):
        everything, empty, filled = super().choices(changelist)
        yield everything
        yield filled | {"display": _("Yes")}
        yield empty | {"display": _("No")}
