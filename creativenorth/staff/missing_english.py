"""Which rows of a list in the admin are public and lack a text in English, of their own or of a row inside them."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from creativenorth.text.bilingual import texts_of


class MissingEnglishFilter(admin.SimpleListFilter):
    title = _("English")
    parameter_name = "english"

    def lookups(self, request, model_admin):
        return [("missing", _("English missing"))]

    def queryset(self, request, queryset):
        return lacking_english(queryset, self.model_admin.rows_with_texts()) if self.value() else queryset

    def __init__(self, request, params, model, model_admin):
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)


def has_texts(model, rows_inside):
    return any(texts_of(each) for each in (model, *(inside for inside, _column in rows_inside)))


def lacking_english(rows, rows_inside):
    """Of the rows those that are public, if only some are, and that lack English; `rows_inside` are (model, column)."""
    lacks = _lacks(rows.model)
    for model, column in rows_inside:
        if texts_of(model):
            lacks |= Exists(model.objects.filter(_lacks(model), **{column: OuterRef("pk")}))
    return (rows.public() if hasattr(rows, "public") else rows).filter(lacks)


def _lacks(model):
    condition = Q(pk=None)
    for name in texts_of(model):
        condition |= Q(**{f"{name}_en": ""}) & ~Q(**{f"{name}_sv": ""})
    return condition
