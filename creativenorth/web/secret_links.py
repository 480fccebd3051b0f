"""Secret links that can be written again and again: an id with a signature, and no secret in the database.

    token = secret_links.token(registration.uuid, "registration")     secret_links.uuid_of(token, "registration")

A token is valid for one purpose. It does not expire by itself: the view checks that what it names still exists.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE = 18  # bytes


def token(uuid, purpose):
    """46 letters, digits, hyphens and underscores."""
    return urlsafe_b64encode(uuid.bytes + _signature(uuid, purpose)).decode().rstrip("=")


def uuid_of(token, purpose):
    """The id that the token names, or None where it is no token of ours for that purpose."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        uuid, signature = UUID(bytes=raw[:16]), raw[16:]
    except (Error, ValueError):
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    is_ours = any(constant_time_compare(signature, _signature(uuid, purpose, key)) for key in keys)
    return uuid if is_ours else None


def _signature(uuid, purpose, key=None):
    return salted_hmac(f"creativenorth.web.secret_links:{purpose}", uuid.hex, secret=key, algorithm="sha256").digest()[
        :SIGNATURE
    ]
