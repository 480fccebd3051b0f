"""Languages of texts, Swedish dates and Markdown in templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from creativenorth import dates
from creativenorth.drawing import cards
from creativenorth.text import richtext
from creativenorth.web import device_names

register = template.Library()


@register.simple_tag
def lang_of(text):
    """` lang="sv"` where the text is not in the page's language, else nothing."""
    return mark_safe(f' lang="{text.lang}"') if getattr(text, "is_fallback", False) else ""


@register.filter
def markdown(text, top=2):
    """Markdown as safe HTML; `top` is the level of its highest heading."""
    return richtext.render(str(text or ""), top)


@register.filter(is_safe=True)
def one_line(text):
    """The text without line breaks: titles and descriptions stand on several lines in their templates."""
    return " ".join(text.split())


@register.simple_tag
def asks(question):
    """The attributes of a form that asks a `forms.confirmation.Question` before it is sent; none for None."""
    parts = [(part, getattr(question, part)) for part in ("title", "text", "yes", "no")] if question else []
    return format_html_join("", ' data-confirm-{}="{}"', parts)


@register.filter
def marked(parts, tag):
    """A text of (part, whether it is changed) as HTML, the changed parts in elements of that name."""
    return format_html_join("", "{}", ((_element(tag, text) if is_changed else text,) for text, is_changed in parts))


def _element(tag, text):
    return format_html(f"<{tag}>{{}}</{tag}>", text)


register.simple_tag(cards.card, name="card")
register.filter("device", device_names.device)
register.filter("week_text", dates.week_text)
register.filter("date_text", dates.date_text)
register.filter("clock_text", dates.clock_text)
register.filter("moment_text", dates.moment_text)
register.filter("month_text", dates.month_text)


@register.simple_tag
def days_span(first, last):
    return dates.days_text(first, last, with_year=True)


@register.simple_tag(takes_context=True)
def query_with(context, **changes):
    """The address's query with these parameters changed, or removed where the value is empty."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"
