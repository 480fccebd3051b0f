"""Devices from which somebody has signed in, known by a cookie: guesses from elsewhere never lock the owner out there.

The cookie carries a number of the device and, of each address that has signed in on it, a digest; it opens nothing.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

COOKIE = "device"
AGE = 180 * 24 * 60 * 60
MOST = 5  # people of one shared computer
_SALT = "creativenorth.web.known_devices"


def device_known_for(request, address):
    """The number of the device, where somebody with that address has signed in on it, else ""."""
    device, known = _read(request)
    return device if _digest(address) in known else ""


def remember_device(request, response, address):
    device, known = _read(request)
    known = [_digest(address), *(each for each in known if each != _digest(address))][:MOST]
    value = signing.dumps([device or secrets.token_urlsafe(12), known], salt=_SALT)
    options = {"max_age": AGE, "httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(COOKIE, value, **options)


def _read(request):
    try:
        device, known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=AGE)
    except (signing.BadSignature, ValueError):
        return "", []
    return device, known


def _digest(address):
    return salted_hmac(_SALT, address).hexdigest()[:16]
