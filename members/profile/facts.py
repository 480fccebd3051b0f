"""What a profile says, field by field, for the company's own people who read it."""

from dataclasses import dataclass

from django.db.models import FileField, URLField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.models import ProfileVersion
from members.models.profile.visibility import field_of
from members.profile.changes import is_markdown, language_of, value_text
from members.profile.completeness import labels


@dataclass(frozen=True)
class Fact:
    """`kind` is "text", "markdown", "link" or "picture"; `visibility` the company's word for the field."""

    label: str
    value: object
    kind: str = "text"
    lang: str = ""
    visibility: str = ""


def facts(version, visibility):
    rows = [_fact(version, name, label, visibility) for name, label in labels().items() if version.value(name)]
    if version.shown_works:
        titles = ", ".join(work.title for work in version.shown_works)
        rows.append(Fact(capfirst(_("works")), titles, visibility=visibility.get("works", "")))
    return rows


def _fact(version, name, label, visibility):
    column, word = ProfileVersion._meta.get_field(name), visibility.get(field_of(name), "")
    if isinstance(column, FileField):
        return Fact(label, getattr(version, name), "picture", visibility=word)
    kind = "markdown" if is_markdown(column) else "link" if isinstance(column, URLField) else "text"
    return Fact(label, value_text(ProfileVersion, name, version.value(name)), kind, language_of(name), word)
