"""E-mail addresses in one form, so that two of them are the same mailbox where, and only where, they are the same text.

normal_address(" Namn@Smörgås.EXAMPLE") == "namn@xn--smrgs-pra0j.example"

No letter outside ASCII ever becomes one inside it: upper and lower case, and NFKC, would make "vinter" of "vınter" or "ﬁn" of two
letters, and one person of two. Addresses are compared as they are stored, with `=`; a column of them is an `AddressField`.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models.lookups import Contains
from django.utils.translation import gettext_lazy as _

# Nothing, or two parts of visible ASCII without capital letters; Python and Postgres read it alike.
NORMAL_FORM = r"^([!-?\[-~]+@[!-?\[-~]+)?$"
LONGEST = 254
_FOLDING_LOOKUPS = {"iexact", "icontains", "istartswith", "iendswith", "regex", "iregex"}


def normal_address(text):
    """Without invisible characters and outer spaces, in lower case, the domain as the name system has it (IDNA).

    Raises ValidationError for what is no address, and for letters that can be mistaken for others.
    """
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").strip()
    local, _at, domain = visible.rpartition("@")
    if not (local and domain and len(visible) <= LONGEST):
        raise _no_address()
    if strange := [sign for sign in local if not sign.isascii()]:
        message = _("“%(sign)s” cannot stand before the @: letters from a to z, digits and signs such as . and - can.")
        raise ValidationError(message, code="letter", params={"sign": strange[0]})
    found = f"{local.lower()}@{'.'.join(_ascii_label(label) for label in domain.split('.'))}"
    validate_email(found)
    if not re.fullmatch(NORMAL_FORM, found):
        raise _no_address()
    return found


def _ascii_label(label):
    """A part of the domain as "xn--…" where it has letters outside ASCII."""
    if label.isascii():
        return label.lower()
    if strange := [sign for sign in label if not sign.isascii() and _becomes_ascii(sign)]:
        message = _("“%(sign)s” after the @ can be taken for another letter. Write the domain in its form with xn--.")
        raise ValidationError(message, code="letter", params={"sign": strange[0]})
    label = unicodedata.normalize("NFC", label).lower()
    try:
        found = label.encode("idna").decode("ascii")
        same = found.encode().decode("idna")
    except UnicodeError as error:
        raise _no_address() from error
    if same != label:  # another letter has been put in its place
        raise _no_address()
    return found


def _becomes_ascii(sign):
    return unicodedata.normalize("NFKC", sign).casefold().isascii()


def _no_address():
    return ValidationError(_("Enter a valid email address."), code="invalid")


def comparable_address(text):
    """As `normal_address`, but what is no address stays as it is, in lower case: it equals no stored one."""
    if "@" in text:
        try:
            return normal_address(text)
        except ValidationError:
            pass
    return text.lower() if text.isascii() else text


class AddressFormField(forms.EmailField):
    def to_python(self, value):
        text = super().to_python(value)
        return normal_address(text) if text else text


class AddressField(models.EmailField):
    """A column that keeps addresses in their normal form and is asked for them in any; the database refuses all others."""

    def to_python(self, value):
        return normal_address(value) if value else value

    def get_prep_value(self, value):
        value = models.Field.get_prep_value(self, value)
        return comparable_address(value) if value else value

    def pre_save(self, model_instance, add):
        value = self.get_prep_value(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def db_check(self, connection):
        return f"{connection.ops.quote_name(self.column)} ~ '{NORMAL_FORM}'"

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": AddressFormField} | kwargs)

    def get_lookup(self, lookup_name):
        """No lookup that changes letters first: `upper('ı')` is "I" in the database."""
        if lookup_name in _FOLDING_LOOKUPS:
            raise FieldError(f"An address is compared as it is stored, not by {lookup_name}.")
        return super().get_lookup(lookup_name)


@AddressField.register_lookup
class AddressContains(Contains):
    """For staff's searches: the sought part in the form in which addresses are kept."""

    def get_prep_lookup(self):
        return comparable_address(self.rhs)
