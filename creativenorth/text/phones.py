"""Phone numbers as people type them, in one form: "0911-12 34 56" and "+46 911 123456" are the same number."""

import phonenumbers
from django.conf import settings


def normal_phone(text):
    """In international form without spaces ("+46911123456"), or "" for what is no number that can be called."""
    try:
        number = phonenumbers.parse(str(text), settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
