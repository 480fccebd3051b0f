"""What stands on many pages or on one many times: an address, a card of a list, a part of the frame.

Each follows from its key alone, so it is made once per process and can never be out of date: other values are another key.
"""

from dataclasses import fields
from functools import lru_cache
from operator import attrgetter

from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

KEPT = 4096
_kept = {}


def path_of(name, *arguments):
    """`reverse` in the active language, remembered."""
    return _path(get_language(), name, arguments)


@lru_cache(KEPT)
def _path(language, name, arguments):
    return reverse(name, args=arguments)


def card(template, row):
    """The HTML of a template that shows nothing but `row`, a frozen dataclass of texts, numbers and yes or no."""
    values = _values_of(type(row))(row)
    # Two texts with the same letters may be marked as of different languages.
    marks = tuple(getattr(value, "is_fallback", False) for value in values)
    key = (template, type(row), get_language(), values, marks)
    return kept(key, lambda: get_template(template).render({"row": row}))


def kept(key, make):
    """The HTML that `make` answers, which follows from the key."""
    html = _kept.get(key)
    if html is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        html = _kept[key] = mark_safe(make())
    return html


@lru_cache
def _values_of(kind):
    return attrgetter(*(field.name for field in fields(kind)))
