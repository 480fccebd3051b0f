"""What staff should see to, as the start page lists it, and which companies are active."""

from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import or_

from django.db.models import Q

from creativenorth.hooks import Hook

todos = Hook("Called with a member of staff; yields the `ToDo`s that they may see to, in a fixed number of queries.")
signs_of_life = Hook("Called with a moment; answers a queryset of the ids of companies that have done something since.")


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


def todos_for(user):
    """What the person should see to, the most urgent first."""
    found = [todo for answer in todos(user) for todo in answer]
    return sorted(found, key=lambda todo: todo.urgency)


def active_since(since):
    """A condition on companies: somebody of theirs has done something since the moment."""
    return reduce(or_, (Q(pk__in=companies) for companies in signs_of_life(since)), Q())
