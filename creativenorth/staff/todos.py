"""What staff should see to, and which companies are active: every app registers its own here for the start page."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Q

_todo_sources: list[Callable] = []
_life_signs: list[Callable] = []


class Urgency(IntEnum):
    """How soon somebody should see to it. What is broken stands above the list, in a red line."""

    BROKEN = 0
    NOW = 1
    SOON = 2
    LATER = 3


@dataclass(frozen=True)
class ToDo:
    """One line of the list: a number, a day or a word, what it is, and the address where it is done."""

    urgency: Urgency
    text: str
    url: str
    figure: str = ""
    detail: str = ""


def todo_source(function):
    """Register `function(user) -> iterable of ToDo`: what that member of staff may see to, in a fixed number of queries."""
    _todo_sources.append(function)
    return function


def sign_of_life(function):
    """Register `function(since) -> queryset` of the ids of companies that have done something since the moment."""
    _life_signs.append(function)
    return function


def todos_for(user):
    """What the person should see to, the most urgent first."""
    found = [todo for function in _todo_sources for todo in function(user)]
    return sorted(found, key=lambda todo: todo.urgency)


def active_since(since):
    """A condition on companies: somebody of theirs has done something since the moment."""
    condition = Q()
    for function in _life_signs:
        condition |= Q(pk__in=function(since))
    return condition
