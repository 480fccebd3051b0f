"""Data about a page that search engines read (JSON-LD)."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import mark_safe

# What could end the script or open a comment, written so that JSON reads the same.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def data_block(data):
    """`data` without its empty values as a block no browser runs, which the content security policy therefore lets be."""
    filled = {name: value for name, value in data.items() if value not in ("", None, [], {})}
    text = json.dumps({"@context": "https://schema.org"} | filled, cls=DjangoJSONEncoder, ensure_ascii=False)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.translate(_ESCAPES)))
