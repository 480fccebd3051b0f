"""Personal numbers in the database: encrypted (sealed) to be read again, or as a fingerprint to compare.

Both keys come from the setting NUMBER_KEY. Without it, or with another, what was sealed cannot be read again.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class WrongKey(InvalidToken):
    """It was sealed with another NUMBER_KEY, or not at all."""


def _key(purpose):
    return hashlib.sha256(f"{purpose}:{settings.NUMBER_KEY}".encode()).digest()


def _fernet():
    return Fernet(base64.urlsafe_b64encode(_key("seal")))


def seal(text):
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed):
    """Raises `WrongKey`."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise WrongKey from error


def fingerprint(text):
    """A keyed hash: without the key nobody finds the text by trying all."""
    return hmac.new(_key("fingerprint"), text.encode(), hashlib.sha256).hexdigest()
