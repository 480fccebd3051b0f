"""What stands on a person's own page. The floors above register here: this app knows nothing of theirs."""

from dataclasses import dataclass

_functions = []


@dataclass(frozen=True)
class Section:
    """A heading with rows in a template of its owner's; said kindly where there are none."""

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
