"""Filters for the admin's templates."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from creativenorth.text.phones import normal_phone

register = template.Library()


@register.filter
def with_named_column(table):
    """Names the column heads that Django leaves empty, for screen readers."""
    for attribute in (' class="original"', ""):
        named = format_html('<th{}><span class="visually-hidden">{}</span></th>', mark_safe(attribute), _("Row"))
        table = table.replace(f"<th{attribute}></th>", named)
    return mark_safe(table)  # safe: the table comes escaped


@register.filter
def phone_link(text):
    """ "tel:…" for a number as somebody typed it, "" for what cannot be called."""
    number = normal_phone(text)
    return f"tel:{number}" if number else ""
