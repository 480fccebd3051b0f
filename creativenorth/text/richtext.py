"""Markdown that people write, as safe HTML or plain text."""

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
_TAGS = {"p", "br", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "code", "pre"} | {
    "table", "thead", "tbody", "tr", "th", "td"
}  # fmt: skip
_BREAKS = {"softbreak", "hardbreak"}


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


def plain(markdown):
    """The Markdown text as plain text, with the addresses of its links."""
    text, mark, was_item = "", "", False
    for token in _parser.parse(markdown):
        if token.type == "list_item_open":
            mark = f"{token.info}. " if token.info else "– "
        elif token.type in ("inline", "fence", "code_block"):
            glue = "" if not text else "\n" if mark and was_item else "\n\n"
            text += glue + mark + (_line(token.children) if token.children else token.content.rstrip())
            mark, was_item = "", bool(mark)
    return text


def _line(tokens):
    text, link = "", ""
    for token in tokens:
        if token.type == "link_open":
            link = token.attrs["href"]
        if token.type == "link_close" and not text.endswith(link):
            text += f" ({link})"
        text += "\n" if token.type in _BREAKS else token.content
    return text
