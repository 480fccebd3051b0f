"""Security headers of every response."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf import settings


def bucket_hosts(bucket, endpoint):
    """The hosts from which pictures in the bucket come: the bucket's own, and the storage's where the path names the bucket."""
    if not bucket:
        return []
    host = urlsplit(endpoint).netloc or "s3.amazonaws.com"
    return [f"https://{bucket}.{host}", f"https://{host}"]


def content_security_policy(picture_hosts=()):
    """Allows nothing inline, and nothing from another host but pictures of `picture_hosts`."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:", *picture_hosts],
            "font-src": [SELF],
            "connect-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }


class HeadersMiddleware:
    """Adds what neither Django nor django-csp set: browser features switched off, no embedding by other sites."""

    def __init__(self, get_response):
        self.get_response = get_response
        # Responses of a bucket lack the header that "require-corp" asks for.
        self.embedder_policy = "credentialless" if settings.S3_BUCKET else "require-corp"

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
            "microphone=(), payment=(), usb=(), browsing-topics=()",
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", self.embedder_policy)
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response
