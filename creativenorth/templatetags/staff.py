"""What the admin's templates need beside Django's own."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def with_named_column(table):
    """Django leaves heads of columns empty, the first and where no row may go; a screen reader wants to hear what they are."""
    for attribute in (' class="original"', ""):
        named = format_html('<th{}><span class="visually-hidden">{}</span></th>', mark_safe(attribute), _("Row"))
        table = table.replace(f"<th{attribute}></th>", named)
    return mark_safe(table)  # safe: the table comes escaped
