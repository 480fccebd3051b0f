"""Sections of a person's own page; other apps register theirs."""

from dataclasses import dataclass

_functions = []


@dataclass(frozen=True)
class Section:
    """A heading with rows, shown by the app's own template, or the text `empty` without rows."""

    title: str
    template: str
    rows: list
    empty: str = ""
    url: str = ""
    action: str = ""


def home_section(function):
    """Register `function(user) -> Section | None`."""
    _functions.append(function)
    return function


def sections_for(user):
    return [section for function in _functions if (section := function(user))]
