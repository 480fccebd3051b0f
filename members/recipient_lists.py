"""Recipient lists of letters besides those of the member companies."""

from dataclasses import dataclass

from creativenorth.hooks import Hook

recipient_lists = Hook("Values: each a `RecipientList`.")


@dataclass(frozen=True)
class Recipient:
    """Who gets a letter, and what its placeholders stand for. `key` is unique to the person, so that each gets one mail;
    `member` is their account where they may switch letters off; `because` says under the letter why they get it.
    """

    key: str
    email: str
    name: str
    company: str
    language: str
    member: object = None
    because: str = ""

    def __str__(self):
        return f"{self.name}, {self.company}" if self.company else self.name


@dataclass(frozen=True)
class RecipientList:
    """A choice of recipients, with the objects of which one is chosen with it.

    `choices()` answers a queryset of those objects, `recipients_of(pk, chosen)` the recipients of one of them today, each person
    once, `chosen` being the keys of those whom staff have ticked; `label_of(object)` is what one of them is called among the choices.
    """

    key: str
    label: str
    choices: callable
    recipients_of: callable
    label_of: callable = str


def list_with_key(key):
    return next((each for each in recipient_lists if each.key == key), None)
