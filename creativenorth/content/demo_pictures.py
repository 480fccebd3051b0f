"""Invented pictures for the demo, drawn by code from the colours of the emblems; each says in itself that it is invented."""

import io
import secrets
from functools import lru_cache

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from creativenorth.drawing.emblems import FONT, PALETTES

SIZE = (1600, 900)
ALT = (
    "Påhittad bild för demon: ett landskap i enkla former.",
    "Invented picture for the demo: a landscape in plain shapes.",
)
LABEL = "Påhittad bild"


def demo_picture(kind, palette):
    """A WebP file of our own making, named as uploaded pictures are. `kind` is a key of DRAWINGS."""
    import resvg_py

    field, shape, other = PALETTES[palette]
    box = f'viewBox="0 0 1600 900" width="{SIZE[0]}" height="{SIZE[1]}"'
    body = DRAWINGS[kind].format(f=field, s=shape, o=other)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path fill="{field}" d="M0 0h1600v900H0z"/>{body}</svg>'
    drawn = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))).convert("RGB")
    ImageDraw.Draw(drawn).text((1560, 860), LABEL, font=_font(), fill=other, anchor="rs")
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=80, method=4)
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(12)}-{SIZE[0]}x{SIZE[1]}.webp")


@lru_cache
def _font():
    font = ImageFont.truetype(FONT, 26)
    font.set_variation_by_axes([600])
    return font


_HILLS = '<path fill="{o}" opacity=".92" d="M0 640 260 420l180 150 260-300 300 330 200-160 400 300v160H0z"/>'
DRAWINGS = {
    "midnight sun": '<circle fill="{s}" cx="1080" cy="560" r="300"/><path fill="{o}" d="M0 620h1600v14H0zM0 690h1600v9H0z'
    'M0 748h1600v6H0zM0 800h1600v4H0z"/>',
    "mountains": '<circle fill="{s}" cx="420" cy="300" r="170"/>' + _HILLS,
    "archipelago": '<g fill="none" stroke="{s}" stroke-width="26"><circle cx="500" cy="520" r="90"/><circle cx="500" cy="520" r="170"/>'
    '<circle cx="500" cy="520" r="260"/><circle cx="500" cy="520" r="370"/><circle cx="1240" cy="240" r="80"/>'
    '<circle cx="1240" cy="240" r="160"/><circle cx="1240" cy="240" r="250"/></g><circle fill="{o}" cx="500" cy="520" r="46"/>'
    '<circle fill="{o}" cx="1240" cy="240" r="38"/>',
    "forest": '<path fill="{s}" d="M120 900 300 300l180 600zM420 900 620 180l200 720zM780 900 940 380l160 520zM1060 900l220-640 220 640z"/>'
    '<path fill="{o}" d="M620 180v720H420zM1280 260v640h-220z"/>',
    "needle": '<path fill="{s}" transform="rotate(32 800 450)" d="M800-260 990 450 800 1160 610 450z"/>'
    '<path fill="{o}" transform="rotate(32 800 450)" d="M800-260 990 450H610z"/>',
}

# company: what its large picture shows, its colours; and the same of works
COVERS = {
    "Vinter": ("mountains", 4),
    "In The Cold": ("archipelago", 3),
    "Tromb": ("needle", 1),
    "Yours": ("midnight sun", 0),
}
WORKS = {
    "Vinter": [("forest", 3), ("midnight sun", 1)],
    "Oh my": [("midnight sun", 2), ("mountains", 0), ("archipelago", 5)],
}
WORK_TITLES = ("Exempelarbete", "Example of a work")
ACTIVITY_PICTURES = {"tillganglighet-i-praktiken": ("forest", 5), "studiebesok-spel": ("needle", 0)}
