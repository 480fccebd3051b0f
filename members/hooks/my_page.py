"""Sections of a person's own page."""

from dataclasses import dataclass

from creativenorth.hooks import Hook

home_sections = Hook("Called with the person; answers a `Section`, or None.")


@dataclass(frozen=True)
class Section:
    """A heading with rows, shown by the app's own template, or the text `empty` without rows."""

    title: str
    template: str
    rows: list
    empty: str = ""
    url: str = ""
    action: str = ""


def sections_for(user):
    return [section for section in home_sections(user) if section]
