"""Links of the site's menus; that of the present page is marked."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from creativenorth.drawing import cards

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


@register.tag
def kept(parser, token):
    """`{% kept "name" value … %}…{% endkept %}`: a part of the frame, rendered once per language, version of the frame and values.

    All that it shows follows from these: nothing of the reader stands in it, nor of the address but what `values` say. Without
    a version – a preview, no database – it is rendered each time.
    """
    arguments = [parser.compile_filter(argument) for argument in token.split_contents()[1:]]
    nodes = parser.parse(["endkept"])
    parser.delete_first_token()
    return _Kept(nodes, arguments)


class _Kept(template.Node):
    def __init__(self, nodelist, arguments):
        self.nodelist, self.arguments = nodelist, arguments

    def render(self, context):
        version = context["site"].get("frame_version") if context.get("site") else None
        values = [argument.resolve(context) for argument in self.arguments]
        if version is None or None in values:
            return self.nodelist.render(context)
        return cards.kept((version, get_language(), *values), lambda: self.nodelist.render(context))
