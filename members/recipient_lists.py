"""Circles of people that letters can go to, besides those of the member companies. The floors above register theirs:

    circle("activity_confirmed", _("…those with a seat"), choices=function → queryset, find=function)

`recipients_of(pk)` answers the readers of that object today, one for each person.
"""

from dataclasses import dataclass

_lists = {}


@dataclass(frozen=True)
class Recipient:
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
class RecipientList:
    """One choice of the list of readers, and the objects of which one is chosen with it."""

    key: str
    label: str
    choices: callable
    recipients_of: callable


def register_list(key, label, *, choices, recipients_of):
    """Register a circle; `choices() -> queryset` of what one chooses from, `recipients_of(pk) -> list of Recipient`."""
    _lists[key] = RecipientList(key, label, choices, recipients_of)


def registered_lists():
    return list(_lists.values())


def list_with_key(key):
    return _lists.get(key)
