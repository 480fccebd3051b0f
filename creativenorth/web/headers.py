"""Security headers of every response."""

from functools import cache

from csp.constants import HEADER, NONE, SELF
from csp.middleware import CSPMiddleware
from csp.utils import build_policy


def content_security_policy():
    """Allows nothing inline, and nothing from another host. `blob:` are pictures that the person has chosen and not yet sent."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:", "blob:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }


HEADERS = {
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
    "microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware(CSPMiddleware):
    """Adds what Django does not set: browser features switched off, no embedding by other sites, and the policy of contents.

    The policy is put together by django-csp for a view that has its own, else once for all.
    """

    def process_request(self, request):
        """No page of ours has a nonce."""

    def process_response(self, request, response):
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if hasattr(response, "_csp_update") or hasattr(response, "_csp_replace"):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy():
    return build_policy()
