"""Optimistic locking: an old page never overwrites what others, or the same person in another tab, have saved since.

Each field has a hidden one beside it with the value as it was shown (Django's `show_hidden_initial`). Fields that the
reader did not change are not saved. A field that both have changed is refused once, by 409, with the other's value beside
it and nothing typed lost; sent again, the reader's value is saved.
"""

import re
from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.text import Truncator
from django.utils.translation import gettext as _

LONGEST_VALUE = 300


class _BoundFieldWithShownValue(forms.BoundField):
    def build_widget_attrs(self, attrs, widget=None):
        """HTML allows no aria attributes on a hidden field."""
        found = super().build_widget_attrs(attrs, widget)
        is_hidden = widget is not None and widget.is_hidden
        return {name: value for name, value in found.items() if not (is_hidden and name.startswith("aria-"))}


class OptimisticLock:
    """Mixin of a form whose `initial` are the present values; what the reader did not change is cleaned to these.

    `not_compared` names fields whose value `clean` decides, whatever was shown. `has_conflict` is for the status.
    """

    bound_field_class = _BoundFieldWithShownValue
    not_compared = ()
    has_conflict = False
    is_new = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        if self.is_new:
            return
        names = [
            name for name, field in self.fields.items() if name not in self.not_compared and _can_be_compared(field)
        ]
        # A client that sends no shown values at all is compared with the row, as by any form of Django's.
        sends_shown = not self.is_bound or any(self.add_initial_prefix(name) in self.data for name in names)
        for name in names:
            self.fields[name].show_hidden_initial = sends_shown and self._was_shown(name)

    def _was_shown(self, name):
        # A template may leave the hidden value out; of an empty list of values none is sent.
        is_list = isinstance(self.fields[name].hidden_widget(), forms.MultipleHiddenInput)
        return not self.is_bound or is_list or self.add_initial_prefix(name) in self.data

    def _post_clean(self):
        """Leave out what the reader did not change, and report what both have changed, before the row gets the values."""
        if not self.is_new:
            for name in self._compared_names():
                if name not in self.changed_data:
                    self._leave_as_it_is(name)
                elif self._is_conflict(name):
                    self._report_conflict(name)
        super()._post_clean()

    def _leave_as_it_is(self, name):
        if name in self.cleaned_data:
            self.cleaned_data[name] = self.fields[name].to_python(self[name].initial)

    def _compared_names(self):
        return [name for name, field in self.fields.items() if field.show_hidden_initial]

    def _is_conflict(self, name):
        """The row has another value than was shown, and another than the reader wrote."""
        now = _with_plain_line_ends(self[name].initial)
        return self._is_stale(name) and self.fields[name].has_changed(now, _with_plain_line_ends(self[name].data))

    def _report_conflict(self, name):
        field, now = self.fields[name], self[name].initial
        message = _("Somebody has changed this meanwhile, to: %(now)s. Save again to keep yours.")
        self.add_error(name, ValidationError(message, params={"now": _as_text(field, now)}))
        self.has_conflict = True
        self.data = self.data.copy()
        self._set_shown_value(name)

    def _set_shown_value(self, name):
        """The present value counts as shown from now on: the same form sent again has no conflict."""
        value = self.fields[name].prepare_value(self[name].initial)
        key = self.add_initial_prefix(name)
        if isinstance(value, (list, tuple)):
            self.data.setlist(key, [str(each) for each in value])
        else:
            self.data[key] = "" if value is None else str(value)

    @property
    def error_status(self):
        """Of the page with the errors."""
        return 409 if self.has_conflict else 422

    def refresh_if_stale(self):
        """Show the row as it is now. Return whether that is another than was shown before."""
        stale = [name for name in self._compared_names() if self._is_stale(name)]
        if stale:
            self.data = self.data.copy()
        for name in stale:
            self._set_shown_value(name)
            self.data[self.add_prefix(name)] = self.data[self.add_initial_prefix(name)]
        return bool(stale)

    def _is_stale(self, name):
        field = self.fields[name]
        shown = self._widget_data_value(field.hidden_widget(), self.add_initial_prefix(name))
        return field.has_changed(_with_plain_line_ends(self[name].initial), _with_plain_line_ends(shown))


class OptimisticLockForm(OptimisticLock, forms.ModelForm):
    """The same of a row; a new one has nothing to compare."""

    @property
    def is_new(self):
        return self.instance.pk is None

    def _leave_as_it_is(self, name):
        self.cleaned_data.pop(name, None)

    def save_changed(self):
        """Save a new row whole, of an existing one only the columns that the reader changed."""
        columns = {field.name for field in self.instance._meta.concrete_fields}
        self.instance.save(update_fields=None if self.is_new else columns & set(self.changed_data))


class OptimisticLockFormSet(forms.BaseInlineFormSet):
    """Rows of `OptimisticLockForm`s, some of which others have deleted or changed since the page was shown.

    A row that others have deleted stays deleted if the reader did not change it; otherwise the reader's values are offered
    as a new row. A row that others have changed is not deleted unseen. Both are reported once: sent again, it is done.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.has_restored = self.has_stale = False
        if self.is_bound and self.management_form.is_valid():
            self._drop_deleted_rows()

    def clean(self):
        super().clean()
        deleting = [form for form in self.initial_forms if self.can_delete and self._should_delete_form(form)]
        stale = [form for form in deleting if form.refresh_if_stale()]
        self.has_stale = bool(stale)
        if stale:
            rows = ", ".join(str(form.instance) for form in stale)
            message = _(
                "Somebody has changed meanwhile what you remove: %(rows)s. Save again to remove it all the same."
            )
            raise ValidationError(message, params={"rows": rows})
        if self.has_restored:
            message = _(
                "Somebody has removed meanwhile what you changed here. You find it last: save again to keep it."
            )
            raise ValidationError(message)

    @property
    def has_conflict(self):
        return self.has_restored or self.has_stale or any(form.has_conflict for form in self.forms)

    def _drop_deleted_rows(self):
        existing = {str(row.pk) for row in self.get_queryset()}
        initial, total = self.initial_form_count(), self.total_form_count()
        key = self.model._meta.pk.name
        sent = {number: self.data.get(f"{self.add_prefix(number)}-{key}", "") for number in range(initial)}
        deleted = [number for number, pk in sent.items() if pk not in existing | {""}]
        if not deleted:
            return
        restored = [number for number in deleted if self._was_edited(number)]
        self.has_restored = bool(restored)
        self._renumber([number for number in sent if number not in deleted], [*restored, *range(initial, total)])

    def _was_edited(self, number):
        """Whether the reader changed the row that others have deleted, rather than wanting it deleted too."""
        row = self.model(pk=0)
        form = self.form(self.data, prefix=self.add_prefix(number), instance=row, **self.get_form_kwargs(number))
        is_to_go = self.data.get(form.add_prefix("DELETE"))
        return not is_to_go and any(form.add_initial_prefix(name) in self.data for name in form.changed_data)

    def _renumber(self, initial, extra):
        """Keep the data of these rows only, in this order; the extra ones are new rows without id and shown values."""
        field = re.compile(rf"(initial-)?{re.escape(self.prefix)}-(\d+)-(.+)")
        found = [(key, match) for key in self.data if (match := field.fullmatch(key))]
        numbers = {str(old): new for new, old in enumerate([*initial, *extra])}
        new_rows, data = {str(number) for number in extra}, self.data.copy()
        for key, _match in found:
            del data[key]
        for key, (shown, old, name) in ((key, match.groups("")) for key, match in found):
            if old in numbers and not (old in new_rows and (shown or name == self.model._meta.pk.name)):
                data.setlist(f"{shown}{self.prefix}-{numbers[old]}-{name}", self.data.getlist(key))
        data[f"{self.prefix}-INITIAL_FORMS"], data[f"{self.prefix}-TOTAL_FORMS"] = len(initial), len(numbers)
        self.data = data
        del self.management_form


def _can_be_compared(field):
    # A file has no value to show, and a field of several boxes has several.
    return not field.disabled and not isinstance(field, (forms.FileField, forms.MultiValueField))


def _with_plain_line_ends(value):
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _as_text(field, value):
    """The value as the field shows it: labels of choices, hours and minutes."""
    keys = value if isinstance(value, (list, tuple)) else [value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    names = {str(key): str(label) for key, label in flatten_choices(getattr(field, "choices", []))}
    words = [names.get(str(field.prepare_value(key)), str(key)) for key in keys if key not in ("", None)]
    return Truncator(", ".join(words)).chars(LONGEST_VALUE) or "–"
