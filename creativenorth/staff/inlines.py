"""Tables of rows in an object's form, each field with an accessible name of its own."""

from django.contrib import admin
from django.utils.translation import gettext as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm, OptimisticLockFormSet


class LabelledFormSet(OptimisticLockFormSet):
    """Gives the delete box a name, too."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label))
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this row")


class TabularInline(admin.TabularInline):
    template = "admin/edit_inline/_named_tabular.html"
    form = OptimisticLockForm
    formset = LabelledFormSet
