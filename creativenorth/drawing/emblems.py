"""A company's emblem, drawn from its name alone: the same name always gives the same picture.

A square field, a figure taken from the sea chart (a sun, contours, a compass needle …) and the first letter of the name, in
the outlines of the house's type, so that a drawing needs no font. On a page its colours are classes (`f` field, `s` shape,
`o` outline, `l` letter) that the style sheet fills from tokens, so an emblem follows the light and the dark scheme; the
standalone form has raw colours, for picture files.
"""

import hashlib
from functools import cache, lru_cache

from django.conf import settings

FONT = settings.BASE_DIR / "static" / "fonts" / "familjen-grotesk.woff2"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÜÆØ0123456789"
# (field, shape, letter), in the order of .emblem--0 … .emblem--7 in emblem.css
PALETTES = (
    ("#0a1b30", "#ffb020", "#ffffff"),
    ("#ffb020", "#ffffff", "#0a1b30"),
    ("#c7d9e8", "#ffffff", "#22588f"),
    ("#0c4037", "#46c996", "#ffffff"),
    ("#22588f", "#0a1b30", "#ffffff"),
    ("#bfe8d6", "#46c996", "#0c4037"),
    ("#e3ecf3", "#ffb020", "#0a1b30"),
    ("#0a1b30", "#22588f", "#c7d9e8"),
)
SALT = b"n18629"  # chosen once, so that the first twelve names make a varied wall
SIDE = 96
CAP_HEIGHT = 100  # cap height of the outlines; a tenth of its hundredth is finer than a pixel wherever an emblem stands


def _sun(turn: int) -> str:
    x, y = ((66, 32), (30, 34), (96, 40), (48, 0))[turn % 4]
    return f'<circle {{s}} cx="{x}" cy="{y}" r="{30 + turn % 3 * 6}"/>'


def _horizon(turn: int) -> str:
    x = (60, 36, 72)[turn % 3]
    return f'<path {{s}} d="M{x - 34} 48a34 34 0 0 1 68 0zM0 54h96v5H0zM0 66h96v3H0zM0 77h96v2H0z"/>'


def _contours(turn: int) -> str:
    x, y = ((96, 0), (0, 0), (96, 96), (72, 22))[turn % 4]
    rings = "".join(f'<circle cx="{x}" cy="{y}" r="{r}"/>' for r in (16, 32, 48, 64, 80))
    return f'<g {{o}} stroke-width="6">{rings}</g>'


def _needle(turn: int) -> str:
    return f'<path {{s}} transform="rotate({30 + turn % 11 * 30} 48 48)" d="M48-22 84 112 48 84 12 112z"/>'


def _bezel(turn: int) -> str:
    x, y = ((48, 48), (96, 0), (0, 96), (96, 48))[turn % 4]
    radius, dashes = (40, "1.4 2.09") if x == y else (62, "2.16 3.25")  # 72 dashes to the circle
    return (
        f'<circle {{o}} cx="{x}" cy="{y}" r="{radius}" stroke-width="16" stroke-dasharray="{dashes}"/>'
        f'<circle {{s}} cx="{x}" cy="{y}" r="{radius - 20}"/>'
    )


def _slope(turn: int) -> str:
    angle = (32, 58, 122, 148, 212, 328)[turn % 6]
    return f'<path {{s}} transform="rotate({angle} 48 48)" d="M-60-60h216V44H-60z"/>'


def _isobars(turn: int) -> str:
    angle = (0, 30, 45, 60, 90, 135)[turn % 6]
    lines = "".join(f"M-40 {y}h176v{h}H-40z" for y, h in ((-16, 3), (2, 5), (20, 8), (40, 12), (66, 17), (98, 20)))
    return f'<path {{s}} transform="rotate({angle} 48 48)" d="{lines}"/>'


def _quarter(turn: int) -> str:
    return f'<path {{s}} transform="rotate({turn % 4 * 90} 48 48)" d="M0 0h96A96 96 0 0 1 0 96z"/>'


FIGURES = (_sun, _horizon, _contours, _bezel, _needle, _slope, _isobars, _quarter)
# Figures so large that the letter stands on them, and the palettes in whose place others are used there, since letter and
# shape have too little contrast.
LARGE_FIGURES = FIGURES[4:]
CONTRASTING_PALETTES = {0: 7, 3: 5}
UPRIGHT_LETTERS = "IL"  # would be lost among stripes
DARK_FIELDS = {0, 3, 4, 7}
COUNTERPARTS = {0: 1, 1: 0, 2: 4, 3: 5, 4: 2, 5: 3, 6: 7, 7: 6}


@lru_cache(maxsize=4096)
def emblem(name: str) -> str:
    """SVG for a page: coloured by the style sheet, hidden from screen readers (the name stands beside it)."""
    palette, drawing = _draw(name)
    body = drawing.format(f='class="f"', s='class="s"', o='class="o"', l='class="l"')
    return f'<svg class="emblem emblem--{palette}" viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true">{body}</svg>'


@lru_cache(maxsize=4096)
def figure(name: str) -> str:
    """The emblem without its letter, filling whatever shape it is given: the ground on which the name itself stands large."""
    palette, drawing = _draw(name, with_letter=False)
    body = drawing.format(f='class="f"', s='class="s"', o='class="o"')
    box = f'viewBox="0 0 {SIDE} {SIDE}" preserveAspectRatio="xMidYMid slice"'
    return f'<svg class="emblem emblem--{palette}" {box} aria-hidden="true">{body}</svg>'


def ground(name: str, *, is_pale: bool) -> int:
    """The palette on whose field the company's logo stands: its emblem's, or that one's counterpart where the logo would be lost."""
    palette, _drawing = _draw(name)
    return palette if (palette in DARK_FIELDS) == is_pale else COUNTERPARTS[palette]


@lru_cache(maxsize=256)
def standalone_emblem(name: str, size: int = 512) -> str:
    """A whole SVG file of `size` pixels with raw colours, for pictures that leave the site."""
    palette, drawing = _draw(name)
    field, shape, letter = PALETTES[palette]
    body = drawing.format(
        f=f'fill="{field}"', s=f'fill="{shape}"', o=f'fill="none" stroke="{shape}"', l=f'fill="{letter}"'
    )
    box = f'viewBox="0 0 {SIDE} {SIDE}" width="{size}" height="{size}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{body}</svg>'


def _draw(name: str, *, with_letter: bool = True) -> tuple[int, str]:
    seed = hashlib.blake2b(" ".join(name.split()).casefold().encode(), digest_size=4, salt=SALT).digest()
    palette, kind, turn, position = seed[0] % len(PALETTES), seed[1] % len(FIGURES), seed[2], seed[3]
    drawn = FIGURES[kind]
    if drawn is _isobars and name[:1].upper() in UPRIGHT_LETTERS:
        drawn = _quarter
    if drawn in LARGE_FIGURES:
        palette = CONTRASTING_PALETTES.get(palette, palette)
    letter = _letter(name, position) if with_letter else ""
    return palette, f'<path {{f}} d="M0 0h{SIDE}v{SIDE}H0z"/>{drawn(turn)}{letter}'


def _letter(name: str, position: int) -> str:
    initial = next((c for c in name.upper() if c in LETTERS), None)
    if initial is None:  # a name in another alphabet gets a compass needle
        return '<path {l} d="M48 14 64 60 48 50 32 60z"/>'
    outline, width = _outlines()[initial]
    scale = (0.62, 0.5, 0.74)[position % 3] if initial not in "ÅÄÖÉÜ" else 0.56
    left = (8, SIDE - 8 - width * scale)[position // 3 % 2]
    return f'<path {{l}} transform="translate({left:.3g} {SIDE - 9}) scale({scale})" d="{outline}"/>'


def _short(number: float) -> str:
    return f"{round(number, 1):g}"


@cache
def _outlines() -> dict[str, tuple[str, int]]:
    """Path data (the baseline at y = 0) and advance width of each letter, in bold."""
    from fontTools.pens.svgPathPen import SVGPathPen  # here: most processes never draw one
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    font = TTFont(FONT)
    glyphs, names, scale = (
        font.getGlyphSet(location={"wght": 700}),
        font.getBestCmap(),
        CAP_HEIGHT / font["OS/2"].sCapHeight,
    )
    outlines = {}
    for letter in LETTERS:
        glyph, pen = glyphs[names[ord(letter)]], SVGPathPen(glyphs, ntos=_short)
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, 0, 0)))
        outlines[letter] = pen.getCommands().replace(" -", "-"), round(glyph.width * scale)
    return outlines
