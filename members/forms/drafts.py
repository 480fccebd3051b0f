"""The base of the profile's forms, which show the values of the draft and write into it."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from creativenorth.text.plain_text import visible_data, visible_line
from members.models.profile.content import digest
from members.profile.changes import diff_parts, value_text


class DraftForm(forms.ModelForm):
    """A form of a version's fields or a work's, which writes into the draft.

    The hidden field `read_digests` holds digests of the values as the page showed them, by which changes that others have
    made since are found. A subclass's `present(name)` is the field's value as it stands in the draft, or in what is public.
    """

    read_digests = forms.CharField(widget=forms.HiddenInput, required=False)
    key = ""
    # Picture columns: each has a file field of the same name and a checkbox "remove_<name>".
    pictures = ()
    # {field: text in place of "optional"}; "" for fields that a good profile has, though none is required.
    notes = {}

    def __init__(self, data=None, files=None):
        self.read = {name: self.present(name) for name in self.names()}
        data = data if data is None else visible_data(data)
        super().__init__(data, files, initial=self.first_values(), auto_id=f"{self.key}-%s")
        self.initial["read_digests"] = json.dumps({name: digest(value) for name, value in self.read.items()})

    def text_of(self, name, value):
        return value_text(self._meta.model, name, value)

    def first_values(self):
        return {field: self.read[field] for field in self._meta.fields}

    @classmethod
    def names(cls):
        return [*cls._meta.fields, *cls.pictures]

    def written(self):
        """{name: value} as the person sent them; a chosen picture as the file."""
        return {name: self.value(name) for name in self.names()}

    def value(self, name):
        if name in self.pictures:
            return self._picture(name)
        value = self.cleaned_data[name]
        if not isinstance(value, str):
            return value
        is_long = isinstance(self.fields[name].widget, forms.Textarea)
        return value if is_long else visible_line(value)

    def _picture(self, field):
        """The chosen file, "" where the picture is removed, else its present name."""
        chosen = self.cleaned_data.get(field)
        if isinstance(chosen, File):
            return chosen
        return "" if self.cleaned_data.get(f"remove_{field}") else self.picture_name(field)

    def picture_name(self, field):
        return self.read[field] or ""

    def chosen_pictures(self):
        """{name: file} of valid files: a browser does not send them again where other fields have errors."""
        chosen = {field: self.cleaned_data.get(field) for field in self.pictures}
        return {field: file for field, file in chosen.items() if isinstance(file, File)}

    def written_so_far(self):
        """{name: value} of the valid fields of an unfinished form, without pictures."""
        self.full_clean()
        done = self.cleaned_data.keys() - set(self.pictures)
        return {name: self.value(name) for name in self.names() if name in done}

    def submitted_digests(self):
        """The digests sent with the form; those of the present values where they are missing or malformed."""
        try:
            read_digests = json.loads(self.cleaned_data.get("read_digests") or "")
        except ValueError:
            read_digests = None
        return read_digests if isinstance(read_digests, dict) else json.loads(self.initial["read_digests"])

    def changes(self):
        """{name: value} of what differs from what the person read."""
        read_digests = self.submitted_digests()
        written = self.written()
        for field in self.pictures:
            if written[field] == self.picture_name(field):
                del written[field]
        return {name: value for name, value in written.items() if differs(value, read_digests.get(name))}

    def take_as_read(self, values):
        """The form shows these values now, so that sending it again overwrites them."""
        self.read |= values
        self.data = self.data.copy()
        read_digests = self.submitted_digests() | {name: digest(value) for name, value in values.items()}
        self.data["read_digests"] = self.cleaned_data["read_digests"] = json.dumps(read_digests)

    def show_others(self, others):
        """Add an error beside each field that somebody changed meanwhile, with their value, and take it as read."""
        self.theirs = {}
        written = self.cleaned_data.keys()  # fields with errors are not among them
        mine = {name: self.value(name) for name in others if name in written and name not in self.pictures}
        for name, (value, person) in others.items():
            who = person.name if person else _("Somebody")
            self.add_error(name, ValidationError(self.conflict_message(name), params={"who": who}))
            if name in mine:
                theirs = self.text_of(name, value) or "–"
                self.theirs[name] = diff_parts(self.text_of(name, mine[name]) or "–", theirs)[1]
        self.take_as_read({name: value for name, (value, _who) in others.items()})

    def conflict_message(self, name):
        if name in self.pictures:
            return _("%(who)s has chosen this one meanwhile. Choose yours again if you want to keep it.")
        return _("%(who)s has written here meanwhile. Save again to keep yours.")

    def shown_fields(self, names):
        """Bound fields for the page, without "remove" boxes of pictures that are not there."""
        without = {f"remove_{field}" for field in self.pictures if not self.picture_name(field)}
        return [self._shown(name) for name in names if name not in without]

    def _shown(self, field):
        """The bound field with what the template shows beside it: present picture, another's value, note."""
        bound = self[field]
        if field in self.pictures:
            bound.picture = self.picture_name(field)
        bound.theirs = getattr(self, "theirs", {}).get(field)
        bound.note = self.note(field)
        return bound

    def note(self, field):
        return self.notes.get(field)


def differs(value, read_digest):
    return isinstance(value, File) or digest(value) != read_digest
