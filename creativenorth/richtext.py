"""Markdown that people write, as HTML that is safe to show."""

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
_TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "code", "pre"} | {
    "table", "thead", "tbody", "tr", "th", "td"
}  # fmt: skip


def render(markdown, top=2):
    """Safe HTML of a Markdown text. Its highest heading becomes level `top`: two where the page's title stands above."""
    tokens = _parser.parse(markdown)
    headings = [token for token in tokens if token.type.startswith("heading_")]
    lift = min((int(token.tag[1]) for token in headings), default=top) - top
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - lift, 4)}"
    html = _parser.renderer.render(tokens, _parser.options, {})
    return mark_safe(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener nofollow",
        )
    )
