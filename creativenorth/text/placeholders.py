"""Words in braces that stand for a value in a text that staff write: `Hello {name}`.

Only declared names are replaced, in one pass, so that a value never becomes a placeholder itself. A value may come from
strangers: it is put in as one line, not too long, and without a web address that mail programs would make a link of.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from creativenorth.text.plain_text import visible

_PLACEHOLDER = re.compile(r"\{([^{}\s]{1,40})\}")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:/+|(?:javascript|data|mailto|tel):|//|www\.)+", re.IGNORECASE)
LONGEST_VALUE = 120


class TrustedValue(str):
    """A value of the portal's own, put in as it is: a secret link, a date, several lines."""


def harmless(value):
    """The value as one short line without web addresses and invisible characters."""
    line = " ".join(visible(str(value), instead=" ").split())
    return Truncator(_ADDRESS.sub("", line)).chars(LONGEST_VALUE)


def fill(text, values):
    """The text with every declared placeholder replaced; others stay as they are."""
    return _PLACEHOLDER.sub(lambda found: _value(found, values), text)


def _value(found, values):
    if found[1] not in values:
        return found[0]
    value = values[found[1]]
    return str(value) if isinstance(value, TrustedValue) else harmless(value)


def marked(text, values):
    """The filled text as safe HTML, with the value of every placeholder in a <mark>."""
    parts, end = [], 0
    for found in _PLACEHOLDER.finditer(text):
        parts.append(escape(text[end : found.start()]))
        value = _value(found, values)
        parts.append(format_html("<mark>{}</mark>", value) if found[1] in values else escape(value))
        end = found.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # safe: every part is escaped


def check(text, allowed):
    """Raise ValidationError where the text has a placeholder that is not allowed."""
    unknown = sorted({found[1] for found in _PLACEHOLDER.finditer(text)} - set(allowed))
    if unknown:
        raise ValidationError(
            _("There is no placeholder {%(name)s}. These exist: %(allowed)s.")
            % {"name": unknown[0], "allowed": ", ".join(f"{{{name}}}" for name in allowed)},
            code="unknown_placeholder",
        )
