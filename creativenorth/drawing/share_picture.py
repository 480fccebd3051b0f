"""The picture that other sites show for a link to a page: an emblem, a name and a line."""

import hashlib
import io
from functools import lru_cache

from django.core.cache import caches
from PIL import Image, ImageDraw, ImageFont

from creativenorth.drawing.emblems import FONT, PALETTES, standalone_emblem

SIZE = (1200, 630)
DRAWING_VERSION = "2"  # raise it when the drawing changes
_NIGHT, _SNOW, _SUN = PALETTES[0][0], PALETTES[0][2], PALETTES[0][1]
_MARGIN = 56


def fingerprint(name, line):
    """Changes exactly when the picture does."""
    return hashlib.sha256(f"{DRAWING_VERSION}|{name}|{line}".encode()).hexdigest()[:24]


def share_picture(name, line):
    """PNG, 1200 × 630 pixels, cached for a day."""
    return caches["pages"].get_or_set(f"share-picture:{fingerprint(name, line)}", lambda: _drawn(name, line), 86_400)


def _drawn(name, line):
    height = SIZE[1]
    image = Image.new("RGB", SIZE, _NIGHT)
    import resvg_py

    emblem = resvg_py.svg_to_bytes(svg_string=standalone_emblem(name, size=height), skip_system_fonts=True)
    image.paste(Image.open(io.BytesIO(emblem)), (0, 0))
    draw = ImageDraw.Draw(image)
    left, room = height + _MARGIN, SIZE[0] - height - 2 * _MARGIN
    # some emblems are as dark as the ground: a line separates them
    draw.line((height, 0, height, height), fill=_SUN, width=6)
    lines, font = _fitted(name, room)
    draw.multiline_text((left, _MARGIN - 8), "\n".join(lines), font=font, fill=_SNOW, spacing=6)
    below = height - _MARGIN
    if line:
        draw.text((left, below - 56), line, font=_font(34, 400), fill=PALETTES[7][2], anchor="ls")
    draw.text((left, below), "Creative North", font=_font(34, 700), fill=_SUN, anchor="ls")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=16)
def _font(size, weight):
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight])
    return font


def _fitted(name, room):
    """(lines of the name, font), in the largest size that fits beside the emblem."""
    for size in (92, 78, 66, 56, 48, 40, 34):
        font = _font(size, 700)
        lines = _wrapped(name, font, room)
        if len(lines) * size * 1.15 < 340 and all(font.getlength(line) <= room for line in lines):
            break
    return lines[:8], font


def _wrapped(text, font, room):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
