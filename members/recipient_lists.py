"""Circles of people that letters can go to, besides those of the member companies. The floors above register theirs:

    circle("activity_confirmed", _("…those with a seat"), choices=function → queryset, find=function)

`find(pk)` answers the readers of that object today, one for each person.
"""

from dataclasses import dataclass

_circles = {}


@dataclass(frozen=True)
class Reader:
    """Who gets a letter, and what its words in braces stand for. `key` is the person's alone, for one mail each;
    `member` is their account where the letter is one that members may switch off.
    """

    key: str
    email: str
    name: str
    company: str
    language: str
    member: object = None

    def __str__(self):
        return f"{self.name}, {self.company}" if self.company else self.name


@dataclass(frozen=True)
class Circle:
    """One choice of the list of readers, and the objects of which one is chosen with it."""

    key: str
    label: str
    choices: callable
    find: callable


def circle(key, label, *, choices, find):
    """Register a circle; `choices() -> queryset` of what one chooses from, `find(pk) -> list of Reader`."""
    _circles[key] = Circle(key, label, choices, find)


def circles():
    return list(_circles.values())


def circle_named(key):
    return _circles.get(key)
