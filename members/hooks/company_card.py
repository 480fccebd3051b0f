"""Sections of staff's card of a company; other apps register theirs."""

from dataclasses import dataclass, field

_functions = []


@dataclass(frozen=True)
class CardSection:
    """A heading, and the app's own template with its context."""

    title: str
    template: str
    context: dict = field(default_factory=dict)


def card_section(function):
    """Register `function(company, user) -> CardSection | None`, None where that member of staff may not see it."""
    _functions.append(function)
    return function


def card_sections(company, user):
    return [section for function in _functions if (section := function(company, user))]
