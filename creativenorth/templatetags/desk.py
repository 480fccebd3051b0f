"""What the admin's templates need beside Django's own."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def with_named_column(table):
    """Django leaves the head of a table's first column empty; a screen reader wants to hear what it is."""
    named = format_html('<th class="original"><span class="visually-hidden">{}</span></th>', _("Row"))
    return mark_safe(table.replace('<th class="original"></th>', named))  # safe: the table comes escaped
