"""The picture that other sites show for a link to a page: a company's picture or emblem, or a date, beside a title and a line."""

import hashlib
import io
from dataclasses import astuple, dataclass
from functools import lru_cache

from django.core.cache import caches
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from creativenorth.drawing.emblems import FONT, PALETTES, ground, standalone_emblem
from creativenorth.files.images import is_pale

SIZE = (1200, 630)
SQUARE = (630, 630)
DRAWING_VERSION = "3"  # raise it when the drawing changes
_NIGHT, _SNOW, _SUN = PALETTES[0][0], PALETTES[0][2], PALETTES[0][1]
_MARGIN = 56
_LOGO_ROOM = (300, 96)
_CENTRES = {"top": (0.5, 0), "bottom": (0.5, 1), "left": (0, 0.5), "right": (1, 0.5)}


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What the picture shows; `picture` and `logo` are names of stored files, `day` and `month` those of an activity."""

    title: str
    line: str
    picture: str = ""
    crop: str = ""
    logo: str = ""
    day: str = ""
    month: str = ""

    @property
    def fingerprint(self):
        """Changes exactly when the picture does."""
        return hashlib.sha256("|".join((DRAWING_VERSION, *astuple(self))).encode()).hexdigest()[:24]


def share_picture(card):
    """PNG, 1200 × 630 pixels, cached for a day."""
    return caches["pages"].get_or_set(f"share-picture:{card.fingerprint}", lambda: _drawn(card), 86_400)


def _drawn(card):
    height = SIZE[1]
    image = Image.new("RGB", SIZE, _NIGHT)
    image.paste(_left(card), (0, 0))
    draw = ImageDraw.Draw(image)
    left, room = height + _MARGIN, SIZE[0] - height - 2 * _MARGIN
    # some emblems are as dark as the ground: a line separates them
    draw.line((height, 0, height, height), fill=_SUN, width=6)
    lines, font = _fitted(card.title, room)
    draw.multiline_text((left, _MARGIN - 8), "\n".join(lines), font=font, fill=_SNOW, spacing=6)
    below = height - _MARGIN
    if card.line:
        draw.text((left, below - 56), card.line, font=_font(34, 400), fill=PALETTES[7][2], anchor="ls")
    draw.text((left, below), "Creative North", font=_font(34, 700), fill=_SUN, anchor="ls")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _left(card):
    """The square on the left: the date, else the picture, else the emblem; with the company's logo in its corner."""
    if card.day:
        return _date(card.day, card.month)
    square = _stored(card.picture) if card.picture else None
    if square:
        square = ImageOps.fit(square.convert("RGB"), SQUARE, centering=_CENTRES.get(card.crop, (0.5, 0.5)))
    else:
        import resvg_py

        emblem = resvg_py.svg_to_bytes(svg_string=standalone_emblem(card.title, size=SQUARE[0]), skip_system_fonts=True)
        square = Image.open(io.BytesIO(emblem)).convert("RGB")
    logo = _stored(card.logo) if card.logo else None
    if logo:
        _put_in_the_corner(square, logo.convert("RGBA"), PALETTES[ground(card.title, is_pale=is_pale(card.logo))][0])
    return square


def _date(day, month):
    square = Image.new("RGB", SQUARE, _SUN)
    draw = ImageDraw.Draw(square)
    draw.text((_MARGIN - 14, 424), day, font=_font(430, 700), fill=_NIGHT, anchor="ls")
    draw.text((_MARGIN, SQUARE[1] - _MARGIN), month, font=_font(72, 600), fill=_NIGHT, anchor="ls")
    return square


def _put_in_the_corner(square, logo, field):
    logo.thumbnail(_LOGO_ROOM)
    padding = 28
    size = (logo.width + 2 * padding, logo.height + 2 * padding)
    square.paste(Image.new("RGB", size, field), (0, SQUARE[1] - size[1]))
    square.paste(logo, (padding, SQUARE[1] - size[1] + padding), logo)


def _stored(name):
    """The stored picture; None where its file is gone."""
    try:
        with default_storage.open(name) as file:
            picture = Image.open(io.BytesIO(file.read()))
    except OSError:
        return None
    return picture


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
