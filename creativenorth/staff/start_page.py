"""What waits for the staff, and which companies are alive: every app registers its own here, the start page asks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Q

_waits: list[Callable] = []
_signs: list[Callable] = []


class Urgency(IntEnum):
    """How soon somebody should see to it. What is broken stands above the list, in a red line."""

    BROKEN = 0
    NOW = 1
    SOON = 2
    LATER = 3


@dataclass(frozen=True)
class Waiting:
    """One line of the list: a number or a day, what it is, and the address where it is done."""

    urgency: Urgency
    text: str
    url: str
    figure: str = ""
    detail: str = ""


def waits(function):
    """Register `function(user) -> iterable of Waiting`: what that member of staff may see to, in a fixed number of queries."""
    _waits.append(function)
    return function


def sign_of_life(function):
    """Register `function(since) -> queryset` of the numbers of companies that have done something since the moment."""
    _signs.append(function)
    return function


def todos_for(user):
    """Everything that waits for the person, the most urgent first."""
    found = [line for function in _waits for line in function(user)]
    return sorted(found, key=lambda line: line.urgency)


def active_since(since):
    """A condition on companies: somebody of theirs has done something since the moment."""
    condition = Q()
    for function in _signs:
        condition |= Q(pk__in=function(since))
    return condition
