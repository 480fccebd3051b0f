"""Validators for names of people and companies, which stand in mails to strangers: no link and nothing invisible."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creativenorth.text.company_forms import without_company_form
from creativenorth.text.plain_text import is_hidden
from creativenorth.text.swedish import fold

_LINK = re.compile(r"://|\bwww\.|[<>]", re.I)
_HOST = re.compile(r"\w\.[a-z]{2,}|[@/\\]", re.I)
_DOMAIN = re.compile(r"\w\.[a-z]{2,}", re.I)
_PATH = re.compile(r"\w\.[a-z]{2,}/|\\", re.I)


def plain_name(name):
    """A company's name: any script and sign, but no link, no line break and nothing invisible."""
    if _LINK.search(name) or any(map(is_hidden, name)):
        raise _too_much()


def company_name(name):
    """A company's name as a guest types it: it may be a web address, "Booking.com AB", but says nothing around it."""
    plain_name(name)
    own = without_company_form(fold(" ".join(word.strip(".,") for word in name.split())))
    if "@" in name or _PATH.search(name) or (_DOMAIN.search(name) and len(own) > 2):
        raise _too_much()


def persons_name(name):
    """A person's name, which has no host in it either: "J. R. Ek" is fine, "ek.example" is not."""
    plain_name(name)
    if _HOST.search(name):
        raise _too_much()


def _too_much():
    return ValidationError(_("Write the name alone, without links or special characters."), code="plain_name")


def first_name(name):
    """The word by which mails greet a person."""
    return next(iter(name.split()), "")
