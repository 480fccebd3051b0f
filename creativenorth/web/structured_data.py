"""Data about a page that search engines read (JSON-LD)."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import mark_safe

# Characters that could end the script element or open a comment, as JSON escapes.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def data_block(data):
    """A script element with `data`, without its empty values. Browsers do not run it, so the content security policy allows it."""
    filled = {name: value for name, value in data.items() if value not in ("", None, [], {})}
    text = json.dumps({"@context": "https://schema.org"} | filled, cls=DjangoJSONEncoder, ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(_ESCAPES)))
