"""The HTML part of every mail: made of the same words as the text part, in one frame (templates/mail/frame.html).

Paragraphs stay paragraphs; the first address that stands alone on a line becomes the mail's button; what, when and where of
`occasions` become a card with the date as a numeral. Styles stand at each element, since many mail programs drop style sheets.
"""

import re

from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

INK, SOFT, PAPER, SURFACE, LINE, SUN, LINK = "#0a1b30", "#42546a", "#e9eff4", "#ffffff", "#c9d4de", "#ffb020", "#0b4a8f"
FONT = "font-family:'Familjen Grotesk',Arial,Helvetica,sans-serif"
LOOK = {
    "outside": f"margin:0;padding:0;width:100%;background-color:{PAPER}",
    "gap": "padding:24px 12px;vertical-align:top",
    "sheet": f"width:100%;max-width:600px;margin:0 auto;border-collapse:collapse;background-color:{SURFACE};{FONT}",
    "head": f"padding:22px 32px 18px;border-bottom:3px solid {INK};text-align:left",
    "brand": f"color:{INK};font-size:21px;line-height:24px;font-weight:700;letter-spacing:-0.3px;text-decoration:none",
    "north": f"color:{INK};border-bottom:3px solid {SUN}",
    "body": f"padding:28px 32px 32px;color:{INK};font-size:16px;line-height:25px;text-align:left;overflow-wrap:anywhere",
    "title": f"margin:0 0 22px;color:{INK};font-size:30px;line-height:34px;font-weight:700;letter-spacing:-0.6px",
    "text": f"margin:0 0 18px;color:{INK};font-size:16px;line-height:25px",
    "code": f"margin:0 0 20px;color:{INK};font-size:38px;line-height:44px;font-weight:700;letter-spacing:6px",
    "link": f"color:{LINK};text-decoration:underline;word-break:break-word",
    "button_table": "margin:2px 0 24px;border-collapse:separate",
    "button_cell": f"background-color:{INK};border-bottom:3px solid {SUN};padding:13px 26px",
    "button": f"color:#ffffff;{FONT};font-size:17px;line-height:22px;font-weight:700;text-decoration:none",
    "card": f"width:100%;margin:0 0 24px;border-collapse:collapse;border:2px solid {INK}",
    "day_cell": f"width:86px;padding:16px 8px 14px;border-right:2px solid {INK};text-align:center;vertical-align:top",
    "day": f"color:{INK};font-size:46px;line-height:46px;font-weight:700;letter-spacing:-2px",
    "month": f"color:{INK};font-size:15px;line-height:20px;border-bottom:3px solid {SUN}",
    "card_cell": f"padding:16px 18px;color:{INK};font-size:15px;line-height:23px;vertical-align:top;text-align:left;overflow-wrap:anywhere",
    "card_title": f"color:{INK};font-size:19px;line-height:24px;font-weight:700",
    "soft": f"color:{SOFT}",
    "ticket_cell": f"padding:18px;border-top:2px dashed {INK};text-align:center;color:{SOFT};font-size:14px;line-height:20px",
    "ticket": "background-color:#ffffff;border:0",
    "emblem": "border:2px solid #ffffff",
    "foot": f"padding:20px 32px 26px;border-top:1px solid {LINE};color:{SOFT};font-size:14px;"
    "line-height:21px;text-align:left;overflow-wrap:anywhere",
    "foot_text": f"margin:0 0 10px;color:{SOFT};font-size:14px;line-height:21px",
    "eu_table": "margin:14px 0 0;border-collapse:collapse",
    "eu_picture": "padding:0 12px 0 0;vertical-align:middle",
    "eu_text": f"padding:0;vertical-align:middle;color:{INK};font-family:Arial,sans-serif;font-size:14px;line-height:18px",
}
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_MARKDOWN_TAGS = {"p": "text", "li": "text", "a": "link", "blockquote": "soft"}


def html_of(subject, text, facts, *, markdown=None):
    """The whole document; `text` is without the footer. `markdown` is safe HTML that stands in place of the text."""
    before, after = _around_cards(text, facts) if facts.get("occasions") else ("", text)
    context = facts | {
        "look": LOOK,
        "subject": subject,
        "title": subject.removesuffix(f": {facts.get('activity')}"),
        "first_blocks": _blocks(before, {}),
        "cards": [_occasion(each, text) for each in facts.get("occasions", [])],
        "blocks": _blocks(after, facts)
        if markdown is None
        else mark_safe(_styled(markdown)),  # safe: nh3 has cleaned it
    }
    return get_template("mail/frame.html").render(context)


def _occasion(occasion, text):
    """The card of an activity; the address of its page only where the text part has it too."""
    starts_at = occasion.get("starts_at")
    day = timezone.localtime(starts_at) if starts_at else None
    return occasion | {
        "day": day.day if day else "",
        "month": date_format(day, "b") if day else "",
        "page": occasion["page"] if occasion["page"] in text else "",
    }


def _around_cards(text, facts):
    """The text before and after the cards, without the lines that they show. One card stands first; several where those lines do."""
    lines = get_template("mail/_place.txt").template.render(Context(facts, autoescape=False)).strip()
    before, found, after = text.partition(lines)
    if not found or not facts.get("is_many"):
        announced = re.sub(r"\n\n[^\n]+:\s*$", "\n\n", before) if found else before
        return "", f"{announced}{after}"
    return before, after


def _blocks(text, facts):
    """Paragraphs, and the one button."""
    button, found = facts.get("button"), []
    for paragraph in filter(None, (part.strip() for part in re.split(r"\n\s*\n", text))):
        lines = paragraph.split("\n")
        if paragraph == str(facts.get("code")):
            found.append(_paragraph(lines, "code"))
            continue
        for line in [*lines]:
            if button is not None and _URL.fullmatch(line.strip()):
                before, after = lines[: lines.index(line)], lines[lines.index(line) + 1 :]
                found += [_paragraph(before)] * bool(before) + [_button(line.strip(), button or _("Open the page"))]
                lines, button = after, None
        if lines:
            found.append(_paragraph(lines))
    return format_html_join("\n", "{}", ((block,) for block in found))


def _paragraph(lines, look="text"):
    text = format_html_join(mark_safe("<br>"), "{}", ((_with_links(line),) for line in lines))  # safe: a constant
    kind = "code" if look == "code" else "ink"
    return format_html('<p class="{}" style="{}">{}</p>', kind, LOOK[look], text)


def _with_links(line):
    parts, end = [], 0
    for found in _URL.finditer(line):
        parts += [escape(line[end : found.start()]), _link(found[0])]
        end = found.end()
    return mark_safe("".join([*parts, escape(line[end:])]))  # safe: every part is escaped


def _link(url):
    shown = url.partition("://")[2].rstrip("/")
    shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
    return format_html('<a class="link" style="{}" href="{}">{}</a>', LOOK["link"], url, shown)


def _button(url, label):
    link = format_html('<a class="button-text" style="{}" href="{}">{}</a>', LOOK["button"], url, label)
    cell = format_html('<td class="button" style="{}">{}</td>', LOOK["button_cell"], link)
    return format_html('<table role="presentation" style="{}"><tr>{}</tr></table>', LOOK["button_table"], cell)


def _styled(markdown):
    """Styles at the elements of rendered Markdown."""
    for tag, look in _MARKDOWN_TAGS.items():
        kind = "link" if tag == "a" else "ink"
        markdown = re.sub(rf"<{tag}(?=[ >])", f'<{tag} class="{kind}" style="{LOOK[look]}"', markdown)
    return markdown
