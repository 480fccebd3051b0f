"""Phone numbers as people type them, in one form: "0911-12 34 56" and "+46 911 123456" are the same number."""

import re

import phonenumbers
from django.conf import settings
from django.db.models import Func, TextField

FEWEST_DIGITS, MOST_DIGITS = 6, 13


def normal_phone(text):
    """In international form without spaces ("+46911123456"), or "" for what is no number that can be called."""
    try:
        number = phonenumbers.parse(str(text), settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def tidy_phone(text):
    """A number of the country as it is written there, another one in international form; else the text itself."""
    number = normal_phone(text)
    if not number:
        return text
    found = phonenumbers.parse(number)
    is_ours = phonenumbers.region_code_for_number(found) == settings.PHONENUMBER_DEFAULT_REGION
    style = phonenumbers.PhoneNumberFormat.NATIONAL if is_ours else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(found, style)


def sought_digits(text):
    """What to look for in a column of `Digits`, without zero or country code, or "" where the text is no phone number."""
    digits = re.sub(r"^(00|\+)?46|^0", "", re.sub(r"[^0-9+]", "", text))
    is_number = FEWEST_DIGITS <= len(digits) <= MOST_DIGITS and digits.isdecimal()
    return digits if is_number and not re.search("[a-z]", text, re.I) else ""


class Digits(Func):
    """A column's digits alone."""

    template = "regexp_replace(%(expressions)s, '[^0-9]', '', 'g')"
    output_field = TextField()
