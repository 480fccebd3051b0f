"""Recipient lists of letters besides those of the member companies. Other apps register theirs:

    register_list("activity_confirmed", _("…those with a seat"), choices=function, recipients_of=function)

`choices()` answers a queryset of the objects to choose from, `label_of(object)` what one of them is called there, and
`recipients_of(pk)` its recipients today, each person once.
"""

from dataclasses import dataclass

_lists = {}


@dataclass(frozen=True)
class Recipient:
    """Who gets a letter, and what its placeholders stand for. `key` is unique to the person, so that each gets one mail;
    `member` is their account where they may switch letters off.
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
    """A choice of recipients, with the objects of which one is chosen with it."""

    key: str
    label: str
    choices: callable
    recipients_of: callable
    label_of: callable


def register_list(key, label, *, choices, recipients_of, label_of=str):
    _lists[key] = RecipientList(key, label, choices, recipients_of, label_of)


def registered_lists():
    return list(_lists.values())


def list_with_key(key):
    return _lists.get(key)
