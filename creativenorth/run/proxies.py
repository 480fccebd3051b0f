"""The visitor's address as the proxies in front tell it, also where there are fewer of them than TRUSTED_PROXIES says."""

import logging

from django.conf import settings

logger = logging.getLogger(__name__)


class ProxiesMiddleware:
    """Each trusted proxy adds an address to X-Forwarded-For. Of fewer the first is the visitor's, and stands in for the missing."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.has_told = False

    def __call__(self, request):
        named = forwarded(request)
        request.proxies_named = len(named)
        if 0 < len(named) < settings.TRUSTED_PROXIES:
            self._tell_once(len(named))
            missing = [named[0]] * (settings.TRUSTED_PROXIES - len(named))
            request.META["HTTP_X_FORWARDED_FOR"] = ", ".join(missing + named)
            vars(request).pop("headers", None)  # which were read before
        return self.get_response(request)

    def _tell_once(self, count):
        if not self.has_told:
            self.has_told = True
            logger.error(wrong_count(count))


def forwarded(request):
    return [address.strip() for address in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if address.strip()]


def wrong_count(count):
    return f"TRUSTED_PROXIES is {settings.TRUSTED_PROXIES}, but X-Forwarded-For comes with {count}: each proxy must add to it"
