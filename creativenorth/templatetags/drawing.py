"""Icons, company emblems and uploaded pictures in templates."""

from django import template
from django.core.files.storage import default_storage
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from creativenorth.drawing import bearings, emblems
from creativenorth.files import images

register = template.Library()

ICONS = {
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "back": "M20 12H5M11 6l-6 6 6 6",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3v5M15.5 3v5",
    "check": "M4 12.5l5.5 5.5L20 6.5",
    "clock": "M12 3a9 9 0 1 0 .01 0zM12 7v5.5l3.5 2",
    "close": "M5 5l14 14M19 5L5 19",
    "download": "M12 4v11M7 10.5l5 5 5-5M4 20h16",
    "edit": "M4 20l1-4.5L16 4.5 19.5 8 8.5 19z",
    "external": "M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9",
    "label": "M4 4h7.5l8.5 8.5-7.5 7.5L4 11.5zM8.2 8.2h.02",
    "mail": "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5",
    "menu": "M3 7h18M3 12h18M3 17h12",
    "pin": "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 8a2 2 0 1 0 .01 0z",
    "plus": "M12 4v16M4 12h16",
    "search": "M10.5 4a6.5 6.5 0 1 0 .01 0zM15.5 15.5L21 21",
    "warning": "M12 3.5L22 20.5H2zM12 10v5M12 17v1.5",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon as inline SVG, hidden from screen readers: its meaning must stand beside it in words."""
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


@register.simple_tag
def emblem(name: str) -> SafeString:
    return mark_safe(emblems.emblem(name))  # safe: drawn from numbers and outlines only, never from the name's text


@register.simple_tag
def emblem_figure(name: str) -> SafeString:
    return mark_safe(emblems.figure(name))  # safe: as above


@register.simple_tag
def emblem_ground(name: str, is_pale: bool) -> int:
    return emblems.ground(name, is_pale=bool(is_pale))


@register.simple_tag
def dial(direction: bearings.Direction = bearings.NORTH, *, adrift: bool = False) -> SafeString:
    """The needle on the lower edge of a page's head. It points north, or to the place that the page is about.

    Its element itself is turned, not something in it: only so does a view transition swing it from page to page.
    """
    needle = format_html(_NEEDLE, direction.degrees)
    if not direction.place:
        kind = "adrift" if adrift else "north"
        return format_html(
            '<div class="dial dial--{}" aria-hidden="true"><span class="dial__ring">{}</span></div>', kind, needle
        )
    return format_html(
        '<div class="dial"><p class="dial__text"><strong>{}</strong><span class="visually-hidden"> – {} </span>'
        '<span class="dial__bearing">{}</span></p><span class="dial__ring" aria-hidden="true">{}</span></div>',
        direction.place,
        _("bearing and distance from Piteå:") if direction.km else "",
        direction.text,
        needle,
    )


# As in the mark: half as wide at its middle as 0.27 of its half length.
_NEEDLE = (
    '<svg class="needle" viewBox="0 0 100 100" transform="rotate({})"><path class="needle__south" d="M36.5 50 50 100 63.5 50z"/>'
    '<path class="needle__west" d="M50 0v50H36.5z"/><path class="needle__east" d="M50 0v50h13.5z"/></svg>'
)


@register.simple_tag
def picture(name, alt, sizes, kind, crop="", *, is_first=False):
    """An uploaded picture with width and height, so that nothing moves when it loads.

    `sizes` is HTML's attribute, `kind` the class, `crop` the part that stays visible; `is_first` the one that opens a page.
    """
    name, size = str(name), images.size_of(str(name))
    attributes = {
        "class": " ".join(
            [kind, *(f"{kind}--{each}" for each in (crop, "pale" if images.is_pale(name) else "") if each)]
        ),
        "src": default_storage.url(name),
        "alt": str(alt),
    }
    if srcset := images.srcset(name):
        attributes |= {"srcset": srcset, "sizes": sizes}
    if size:
        attributes |= {"width": size[0], "height": size[1]}
    if getattr(alt, "is_fallback", False):
        attributes["lang"] = alt.lang
    when = 'fetchpriority="high"' if is_first else 'loading="lazy" decoding="async"'
    return format_html("<img{} {}>", flatatt(attributes), mark_safe(when))
