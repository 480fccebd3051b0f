"""Draws the company emblems as pixels with Pillow; it knows as much of SVG as they use (paths, circles, dashes)."""

import math
import re
from xml.etree import ElementTree

from PIL import Image, ImageChops, ImageDraw

_TOKEN = re.compile(r"[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)")
_COUNT = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "t": 2, "a": 7, "z": 0}
_OVERSAMPLING = 3  # drawn three times larger, then shrunk, for smooth edges


def raster(svg, side):
    """The square drawing `svg` (ours, trusted) as an image of `side` pixels."""
    root = ElementTree.fromstring(svg)
    scale = side * _OVERSAMPLING / float(root.get("viewBox").split()[2])
    image = Image.new("RGB", (side * _OVERSAMPLING, side * _OVERSAMPLING))
    for element in root:
        _draw(image, element, scale)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def _draw(image, element, scale, around=None):
    style = (around or {}) | element.attrib
    kind = element.tag.rpartition("}")[2]
    if kind == "g":
        for child in element:
            _draw(image, child, scale, style)
    elif kind == "circle":
        _circle(ImageDraw.Draw(image), style, scale)
    else:
        move = _transform(style.get("transform", ""))
        _fill(image, [[_scaled(move(p), scale) for p in part] for part in outline(style["d"])], style["fill"])


def _scaled(point, scale):
    return point[0] * scale, point[1] * scale


def _fill(image, parts, colour):
    """Even-odd: a part inside another one is a hole."""
    mask = Image.new("1", image.size)
    for part in parts:
        one = Image.new("1", image.size)
        ImageDraw.Draw(one).polygon(part, fill=1)
        mask = ImageChops.logical_xor(mask, one)
    image.paste(colour, mask=mask.convert("L"))


def _circle(draw, style, scale):
    x, y, r = (float(style[name]) * scale for name in ("cx", "cy", "r"))
    if style["fill"] != "none":
        draw.circle((x, y), r, fill=style["fill"])
        return
    width = float(style["stroke-width"]) * scale
    outer = r + width / 2
    box = (x - outer, y - outer, x + outer, y + outer)
    if "stroke-dasharray" not in style:
        draw.ellipse(box, outline=style["stroke"], width=round(width))
        return
    round_trip = 2 * math.pi * float(style["r"])
    dash, gap = (float(number) * 360 / round_trip for number in style["stroke-dasharray"].split())
    for number in range(round(360 / (dash + gap))):
        start = number * (dash + gap)
        draw.arc(box, start, start + dash, fill=style["stroke"], width=round(width))


def _transform(text):
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*|-?\.\d+", text)]
    if text.startswith("rotate"):
        angle, x0, y0 = math.radians(numbers[0]), *numbers[1:]
        cos, sin = math.cos(angle), math.sin(angle)
        return lambda p: (
            x0 + (p[0] - x0) * cos - (p[1] - y0) * sin,
            y0 + (p[0] - x0) * sin + (p[1] - y0) * cos,
        )
    if text.startswith("translate"):
        x0, y0, size = numbers
        return lambda p: (x0 + p[0] * size, y0 + p[1] * size)
    return lambda p: p


def outline(path):
    """The parts of an SVG path as lists of points, curves cut into short lines."""
    parts, points, control = [], [], None
    x = y = 0.0
    for command, numbers in _commands(path):
        kind, relative = command.lower(), command.islower()
        dx, dy = (x, y) if relative else (0.0, 0.0)
        if kind == "z":
            x, y = points[0]
            continue
        start = (x, y)
        x, y = _end(kind, numbers, start, (dx, dy))
        if kind == "m":
            points = [(x, y)]
            parts.append(points)
        elif kind in "qt":
            mirrored = (2 * start[0] - control[0], 2 * start[1] - control[1]) if control else start
            control = (numbers[0] + dx, numbers[1] + dy) if kind == "q" else mirrored
            points += _curve(start, control, (x, y))
            continue
        elif kind == "a":
            points += _arc(start, numbers[0], numbers[4], (x, y))
        else:
            points.append((x, y))
        control = None
    return parts


def _end(kind, numbers, start, origin):
    if kind == "h":
        return numbers[0] + origin[0], start[1]
    if kind == "v":
        return start[0], numbers[0] + origin[1]
    return numbers[-2] + origin[0], numbers[-1] + origin[1]


def _commands(path):
    tokens, command = _TOKEN.findall(path), ""
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        size = _COUNT[command.lower()]
        numbers, tokens = [float(number) for number in tokens[:size]], tokens[size:]
        yield command, numbers
        command = {"m": "l", "M": "L"}.get(command, command)


def _curve(start, control, end, steps=12):
    for step in range(1, steps + 1):
        t = step / steps
        yield tuple(
            (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c for a, b, c in zip(start, control, end, strict=True)
        )


def _arc(start, radius, sweep, end, steps=48):
    """The short arc of a circle."""
    (x1, y1), (x2, y2) = start, end
    half = math.dist(start, end) / 2
    height = math.sqrt(max(0.0, radius**2 - half**2)) * (1 if sweep else -1)
    x0 = (x1 + x2) / 2 - height * (y2 - y1) / (2 * half)
    y0 = (y1 + y2) / 2 + height * (x2 - x1) / (2 * half)
    first, last = math.atan2(y1 - y0, x1 - x0), math.atan2(y2 - y0, x2 - x0)
    if sweep and last <= first:
        last += 2 * math.pi
    if not sweep and last >= first:
        last -= 2 * math.pi
    for step in range(1, steps + 1):
        angle = first + (last - first) * step / steps
        yield x0 + radius * math.cos(angle), y0 + radius * math.sin(angle)
