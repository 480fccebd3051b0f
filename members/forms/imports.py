"""Sending a table in, and matching its columns."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creativenorth.files.table_reader import MOST_BYTES
from creativenorth.web.once import OnceForm
from members.actions.importing.columns import fields_of
from members.models.table_import import ImportKind


class TableForm(OnceForm):
    kind = forms.ChoiceField(label=_("What it holds"), choices=ImportKind, initial=ImportKind.COMPANIES)
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or CSV, at most 5,000 rows and 5 MB. The first row holds the headings."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 5 MB. Divide it."))
        return file


class ColumnsForm(forms.Form):
    """A choice for each column; required fields must be chosen, and none twice."""

    def __init__(self, *args, table_import, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = fields_of(table_import.kind)
        head, rows = table_import.table
        choices = [("", _("leave out")), *((one.name, one.label) for one in self.known)]
        for index, heading in enumerate(head):
            sample = ", ".join(row[index][:30] for row in rows[:3] if row[index])
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=heading or _("(no heading)"),
                choices=choices,
                required=False,
                help_text=sample,
                initial=table_import.columns.get(str(index), ""),
            )

    def clean(self):
        chosen = self.columns()
        for index, name in chosen.items():
            if list(chosen.values()).index(name) != list(chosen).index(index):
                self.add_error(f"column-{index}", _("Another column is that already."))
        missing = [str(one.label) for one in self.known if one.is_required and one.name not in chosen.values()]
        if missing:
            raise ValidationError(_("Say which column is: %(names)s."), params={"names": ", ".join(missing)})
        return self.cleaned_data

    def columns(self):
        """{index of the column: name of the field} of the chosen ones."""
        named = {int(name.partition("-")[2]): value for name, value in self.cleaned_data.items()}
        return {index: value for index, value in named.items() if value}
