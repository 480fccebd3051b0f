"""A form of the admin that remembers what its reader saw, so that an old page never writes over what others did since.

Each field carries its value as it was shown. What the reader left alone is not written; what both changed is refused
once, with the other's words beside the field, and nothing typed is lost.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.text import Truncator
from django.utils.translation import gettext as _

SHOWN = 300


class _ShownField(forms.BoundField):
    def build_widget_attrs(self, attrs, widget=None):
        """The hidden value of what was shown is read by nobody: HTML allows it no description."""
        found = super().build_widget_attrs(attrs, widget)
        is_hidden = widget is not None and widget.is_hidden
        return {name: value for name, value in found.items() if not (is_hidden and name.startswith("aria-"))}


class SeenForm(forms.ModelForm):
    bound_field_class = _ShownField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        names = [name for name, field in self.fields.items() if _can_be_told(field)]
        # A page made before this guard, or a client of another kind: its fields are compared with the row as before.
        is_told = not self.is_bound or any(self.add_initial_prefix(name) in self.data for name in names)
        for name in names:
            self.fields[name].show_hidden_initial = is_told

    def _post_clean(self):
        """Between the fields and the row: what goes on from here is what the reader changed."""
        told = [name for name, field in self.fields.items() if field.show_hidden_initial]
        if self.instance.pk is not None:
            for name in told:
                if name not in self.changed_data:
                    self.cleaned_data.pop(name, None)
                elif self._was_changed_meanwhile(name):
                    self._tell(name)
        super()._post_clean()

    def _was_changed_meanwhile(self, name):
        """The row has another value than the reader saw, and another than they wrote."""
        field, now = self.fields[name], _plain(self[name].initial)
        shown = self._widget_data_value(field.hidden_widget(), self.add_initial_prefix(name))
        return field.has_changed(now, _plain(shown)) and field.has_changed(now, _plain(self[name].data))

    def _tell(self, name):
        """Shown now, it counts as seen: sent again, the form means it."""
        field, now = self.fields[name], self[name].initial
        message = _("Somebody has changed this meanwhile, to: %(now)s. Save again to keep yours.")
        self.add_error(name, ValidationError(message, params={"now": _in_words(field, now)}))
        value = field.prepare_value(now)
        self.data = self.data.copy()
        key = self.add_initial_prefix(name)
        if isinstance(value, (list, tuple)):
            self.data.setlist(key, [str(each) for each in value])
        else:
            self.data[key] = "" if value is None else str(value)


class WritesOnlyWhatWasChanged:
    """Mixin of a model admin whose `form` is a `SeenForm`: a column that the form did not change is not written."""

    form = SeenForm

    def save_model(self, request, obj, form, change):
        if not change:
            return super().save_model(request, obj, form, change)
        columns = {field.name for field in obj._meta.concrete_fields}
        return obj.save(update_fields=columns & set(form.changed_data))


def _can_be_told(field):
    """A file is chosen on purpose, and fields of several boxes tell theirs in several."""
    return not field.disabled and not isinstance(field, (forms.FileField, forms.MultiValueField))


def _plain(value):
    """Browsers send other line ends than the database has."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _in_words(field, value):
    keys = value if isinstance(value, (list, tuple)) else [value]
    names = {str(key): str(label) for key, label in flatten_choices(getattr(field, "choices", []))}
    words = [names.get(str(field.prepare_value(key)), str(key)) for key in keys if key not in ("", None)]
    return Truncator(", ".join(words)).chars(SHOWN) or "–"
