"""Swedish organisation numbers: read in any usual spelling, checked, and written in one.

A legal person's number has a third digit of 2 or more. Below that the number is a person's own (the third digit belongs
to the month of birth): a sole trader's number is personal data and is shown masked.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.se import orgnr

LEGAL_PERSON = r"^[0-9]{2}[2-9][0-9]{3}-[0-9]{4}$"
_BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212-]+")  # spaces of every kind, hyphens and what is typed instead of them
_VAT = re.compile(r"SE([0-9]{10})01", re.I)
_CENTURIES = ("18", "19", "20")
_LEGAL_PREFIX = "16"


@dataclass(frozen=True)
class OrganisationNumber:
    """A well-formed number. Whether it exists only the registers know."""

    digits: str

    @property
    def is_person(self):
        """A sole trader's number, which is personal data."""
        return self.digits[2] < "2"

    @property
    def masked(self):
        """ "900101-****"."""
        return f"{self.digits[:6]}-****"

    def __str__(self):
        """ "556016-0680"."""
        return orgnr.format(self.digits)

    def __repr__(self):
        """Masked: this ends up in logs."""
        return f"OrganisationNumber({self.masked})"


def parse(text):
    """The number of `text`: ten digits, twelve with the century or 16 before them, or a VAT number, however separated.

    Raises ValidationError whose code is the broken rule: "characters", "length", "prefix", "birth_date" or "check_digit".
    """
    digits = _digits(text)
    century = digits[:2] if len(digits) == 12 else ""
    number = OrganisationNumber(digits[-10:])
    if number.is_person:
        _check_person(number, century)
    elif century not in ("", _LEGAL_PREFIX):
        raise _broken("prefix")
    if not luhn.is_valid(number.digits):
        raise _broken("check_digit")
    return number


def _digits(text):
    bare = _BETWEEN.sub("", text)
    vat = _VAT.fullmatch(bare)
    digits = vat[1] if vat else bare
    # For people of a hundred years and more a plus stands instead of the hyphen.
    digits = re.sub(r"^([0-9]{6})\+([0-9]{4})$", r"\1\2", digits)
    if not re.fullmatch(r"[0-9]+", digits):
        raise _broken("characters")
    if len(digits) not in (10, 12):
        raise _broken("length", count=len(digits))
    return digits


def _check_person(number, century):
    """The first six digits must be a past date of birth; a coordination number adds 60 to the day."""
    if century not in ("", *_CENTURIES):
        raise _broken("prefix")
    year, month, day = (int(number.digits[start : start + 2]) for start in (0, 2, 4))
    centuries = [int(century)] if century else [int(each) for each in _CENTURIES]
    if not any(_has_been(100 * each + year, month, day - 60 if day > 60 else day) for each in centuries):
        raise _broken("birth_date", date=number.digits[:6])


def _has_been(year, month, day):
    try:
        return date(year, month, day) <= timezone.localdate()
    except ValueError:
        return False


_RULES = {
    "characters": _("Write digits only, with a hyphen before the last four: 556016-0680."),
    "length": _("An organisation number has ten digits, and this has %(count)d."),
    "prefix": _("Leave out the first two of the twelve digits: they do not fit the rest."),
    "birth_date": _(
        "A number whose third digit is 0 or 1 is a sole trader’s and begins with a date of birth. %(date)s is none."
    ),
    "check_digit": _("The last digit does not fit the others. Is one of them mistyped?"),
}


def _broken(rule, **facts):
    return ValidationError(_RULES[rule], code=rule, params=facts)
