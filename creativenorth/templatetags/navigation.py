"""Links of the site's menus; that of the present page is marked."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_link(context, url_name: str, label: str, modifier: str = "") -> SafeString:
    """A list item that leads to `url_name`; nothing when this installation has no such page."""
    try:
        url = reverse(url_name)
    except NoReverseMatch:
        return SafeString("")
    return format_html(
        '<li class="menu__item{}"><a class="menu__link" href="{}"{}>{}</a></li>',
        f" menu__item--{modifier}" if modifier else "",
        url,
        _current(context, url),
        label,
    )


@register.simple_tag
def page_numbers(page) -> list[int | str]:
    """Numbers of the pages around this one, the first and the last, with an ellipsis for the others."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


def _current(context, url: str) -> SafeString:
    request = context.get("request")
    path = getattr(request, "path", "")
    if path == url:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"') if path.startswith(url) else SafeString("")
