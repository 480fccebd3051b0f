"""Sending a table in, and matching its columns."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.files.table_cells import MOST_ABOVE
from creativenorth.files.table_reader import ACCEPT, MOST_BYTES, TOO_LARGE
from creativenorth.forms.once import OnceForm
from members.actions.importing.columns import fields_of
from members.models.table_import import ImportKind


class TableForm(OnceForm):
    kind = forms.ChoiceField(label=_("What it holds"), choices=ImportKind, initial=ImportKind.COMPANIES)
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods), CSV or text with tabs; at most 5,000 rows and 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return file


class ColumnsForm(forms.Form):
    """Which sheet and row hold the headings, and a choice for each column; required fields must be chosen, and none twice."""

    sheet = forms.ChoiceField(label=_("The sheet"), required=False)
    head = forms.TypedChoiceField(label=_("The headings stand in"), coerce=int)

    def __init__(self, *args, table_import, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = fields_of(table_import.kind)
        table = table_import.table
        head, rows = table_import.head, table_import.rows
        self.fields["sheet"].choices = [(name, name) for name in table.choices()]
        self.fields["sheet"].initial = table.sheet
        if len(table.choices()) < 2:
            del self.fields["sheet"]
        self.fields["head"].choices = [
            (index, _heading_choice(number, cells))
            for index, (number, cells) in enumerate(table.rows[: MOST_ABOVE + 1])
        ]
        self.fields["head"].initial = table_import.head_index
        choices = [("", _("leave out")), *((one.name, one.label) for one in self.known)]
        for index, heading in enumerate(head):
            sample = ", ".join(cells[index][:30] for _number, cells in rows[:3] if cells[index])
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=heading or _("(no heading)"),
                choices=choices,
                required=False,
                help_text=sample,
                initial=table_import.columns.get(str(index), ""),
            )

    def clean(self):
        if self.has_other_sheet() or self.has_other_headings():
            return self.cleaned_data
        chosen = self.columns()
        for index, name in chosen.items():
            if list(chosen.values()).index(name) != list(chosen).index(index):
                self.add_error(f"column-{index}", _("Another column is that already."))
        missing = [str(one.label) for one in self.known if one.is_required and one.name not in chosen.values()]
        if missing:
            raise ValidationError(_("Say which column is: %(names)s."), params={"names": ", ".join(missing)})
        return self.cleaned_data

    def has_other_sheet(self):
        return self._is_other("sheet")

    def has_other_headings(self):
        """The columns were those of other headings then; they are guessed anew."""
        return self._is_other("head")

    def _is_other(self, name):
        return name in self.fields and self.cleaned_data.get(name) not in (None, "", self.fields[name].initial)

    def columns(self):
        """{index of the column: name of the field} of the chosen ones."""
        columns = [name for name in self.cleaned_data if name.startswith("column-")]
        named = {int(name.partition("-")[2]): self.cleaned_data[name] for name in columns}
        return {index: value for index, value in named.items() if value}


def _heading_choice(number, cells):
    return gettext("row %(number)d: %(cells)s") % {"number": number, "cells": ", ".join(filter(None, cells))[:80]}
