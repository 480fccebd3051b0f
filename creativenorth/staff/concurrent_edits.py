"""A form of the admin that remembers what its reader saw, so that an old page never writes over what others did since.

Each field carries its value as it was shown. What the reader left alone is not written; what both changed is refused
once, with the other's words beside the field, and nothing typed is lost.
"""

import re
from datetime import time

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


class OptimisticLockForm(forms.ModelForm):
    bound_field_class = _ShownField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        names = [name for name, field in self.fields.items() if _can_be_told(field)]
        # A page made before this guard, or a client of another kind: its fields are compared with the row as before.
        is_told = not self.is_bound or any(self.add_initial_prefix(name) in self.data for name in names)
        for name in names:
            self.fields[name].show_hidden_initial = is_told and self._was_shown(name)

    def _was_shown(self, name):
        """A template may leave the hidden value out; of a list, none is sent where it was empty."""
        is_list = isinstance(self.fields[name].hidden_widget(), forms.MultipleHiddenInput)
        return not self.is_bound or is_list or self.add_initial_prefix(name) in self.data

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
        now = _plain(self[name].initial)
        return self._is_old(name) and self.fields[name].has_changed(now, _plain(self[name].data))

    def _tell(self, name):
        """Shown now, it counts as seen: sent again, the form means it."""
        field, now = self.fields[name], self[name].initial
        message = _("Somebody has changed this meanwhile, to: %(now)s. Save again to keep yours.")
        self.add_error(name, ValidationError(message, params={"now": _in_words(field, now)}))
        self.data = self.data.copy()
        self._see(name)

    def _see(self, name):
        value = self.fields[name].prepare_value(self[name].initial)
        key = self.add_initial_prefix(name)
        if isinstance(value, (list, tuple)):
            self.data.setlist(key, [str(each) for each in value])
        else:
            self.data[key] = "" if value is None else str(value)

    def save_changed(self):
        """Write the row: a new one whole, of an old one the columns that the reader changed."""
        is_new, columns = self.instance.pk is None, {field.name for field in self.instance._meta.concrete_fields}
        self.instance.save(update_fields=None if is_new else columns & set(self.changed_data))

    def refresh_if_stale(self):
        """Shows the row as it is now. True if that is another than the reader saw."""
        told = [name for name, field in self.fields.items() if field.show_hidden_initial]
        old = [name for name in told if self._is_old(name)]
        if old:
            self.data = self.data.copy()
        for name in old:
            self._see(name)
            self.data[self.add_prefix(name)] = self.data[self.add_initial_prefix(name)]
        return bool(old)

    def _is_old(self, name):
        field = self.fields[name]
        shown = self._widget_data_value(field.hidden_widget(), self.add_initial_prefix(name))
        return field.has_changed(_plain(self[name].initial), _plain(shown))


class OptimisticLockFormSet(forms.BaseInlineFormSet):
    """Rows of `OptimisticLockForm`s, some of which are no longer there, or are removed by one who saw an old page.

    A row that somebody has removed meanwhile stays so if the reader left it alone; what they changed in it is kept as a
    new row. A row that somebody has changed meanwhile is not removed unseen. Both are said once: sent again, it is meant.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.has_restored = False
        if self.is_bound and self.management_form.is_valid():
            self._leave_out_gone()

    def clean(self):
        super().clean()
        going = [form for form in self.initial_forms if self.can_delete and self._should_delete_form(form)]
        old = [form for form in going if form.refresh_if_stale()]
        if old:
            rows = ", ".join(str(form.instance) for form in old)
            message = _(
                "Somebody has changed meanwhile what you remove: %(rows)s. Save again to remove it all the same."
            )
            raise ValidationError(message, params={"rows": rows})
        if self.has_restored:
            message = _("Somebody has removed meanwhile what you changed here. It stands last: save again to keep it.")
            raise ValidationError(message)

    def _leave_out_gone(self):
        there = {str(row.pk) for row in self.get_queryset()}
        first, total = self.initial_form_count(), self.total_form_count()
        key = self.model._meta.pk.name
        gone = [n for n in range(first) if self.data.get(f"{self.add_prefix(n)}-{key}", "") not in there | {""}]
        if not gone:
            return
        kept = [n for n in gone if self._was_changed(n)]
        self.has_restored = bool(kept)
        self._number_anew([n for n in range(first) if n not in gone], [*kept, *range(first, total)])

    def _was_changed(self, number):
        """Had the reader something to say about the row that is gone?"""
        row = self.model(pk=0)
        form = self.form(self.data, prefix=self.add_prefix(number), instance=row, **self.get_form_kwargs(number))
        is_to_go = self.data.get(form.add_prefix("DELETE"))
        return not is_to_go and any(form.add_initial_prefix(name) in self.data for name in form.changed_data)

    def _number_anew(self, initial, extra):
        """The data with these rows, in this order; what is extra now has no row in the database."""
        field = re.compile(rf"(initial-)?{re.escape(self.prefix)}-(\d+)-(.+)")
        found = [(key, match) for key in self.data if (match := field.fullmatch(key))]
        numbers = {str(old): new for new, old in enumerate([*initial, *extra])}
        fresh, data = {str(number) for number in extra}, self.data.copy()
        for key, _match in found:
            del data[key]
        for key, (shown, old, name) in ((key, match.groups("")) for key, match in found):
            if old in numbers and not (old in fresh and (shown or name == self.model._meta.pk.name)):
                data.setlist(f"{shown}{self.prefix}-{numbers[old]}-{name}", self.data.getlist(key))
        data[f"{self.prefix}-INITIAL_FORMS"], data[f"{self.prefix}-TOTAL_FORMS"] = len(initial), len(numbers)
        self.data = data
        del self.management_form


def _can_be_told(field):
    """A file is chosen on purpose, and fields of several boxes tell theirs in several."""
    return not field.disabled and not isinstance(field, (forms.FileField, forms.MultiValueField))


def _plain(value):
    """Browsers send other line ends than the database has."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _in_words(field, value):
    keys = value if isinstance(value, (list, tuple)) else [value]
    if isinstance(value, time):
        return f"{value:%H:%M}"  # as the field shows it
    names = {str(key): str(label) for key, label in flatten_choices(getattr(field, "choices", []))}
    words = [names.get(str(field.prepare_value(key)), str(key)) for key in keys if key not in ("", None)]
    return Truncator(", ".join(words)).chars(SHOWN) or "–"
