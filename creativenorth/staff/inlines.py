"""Rows of what belongs to an object, in a table whose every field has a name of its own for those who do not see the head."""

from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _


class LabelledFormSet(BaseInlineFormSet):
    """Names the box that deletes a row, too."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label))
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this row")


class TabularInline(admin.TabularInline):
    template = "admin/edit_inline/_named_tabular.html"
    formset = LabelledFormSet
