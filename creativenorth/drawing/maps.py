"""The map of northern Sweden: outlines, a projection, and towns with labels that do not overlap.

Transverse Mercator on a sphere, its centre meridian through the land, so that north is up and shapes keep their angles.
Everything is whole pixels of the view box: attributes of SVG must not follow a language's decimal comma.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import asinh, atan2, cos, radians, sin, sqrt, tan
from pathlib import Path

from creativenorth.drawing.bearings import PITEA, Direction, direction_of
from creativenorth.drawing.municipalities import BY_CODE, MUNICIPALITIES, Municipality

OUTLINES = Path(__file__).parent / "geodata" / "northern-sweden.geojson"
WIDTH, HEIGHT = 640, 780
CENTRE_MERIDIAN = 19.0
SCALE = 7350  # pixels to the radius of the Earth
EQUATOR = 8884  # y of the equator, far below the map
ARCTIC_CIRCLE = 66.56
PARALLELS = (64, 66, 68)
MERIDIANS = (15, 18, 21, 24)

TEXT_HEIGHT = 23
COAST = (-330, 330, 1130, 450)  # x, y, width and height of the part that is shown while all companies are in it
ALL_OF_IT = (-330, 0, 1130, HEIGHT)
MOST_BEARINGS = 9  # with more towns their labels would not find room for them
CHARACTER = 0.55  # mean width of a character, in heights


def project(latitude: float, longitude: float) -> tuple[int, int]:
    """(x, y) in the view box of a point on the Earth."""
    phi, away = radians(latitude), radians(longitude - CENTRE_MERIDIAN)
    x = asinh(sin(away) / sqrt(tan(phi) ** 2 + cos(away) ** 2))
    y = atan2(tan(phi), cos(away))
    return round(WIDTH * 0.47 + SCALE * x), round(EQUATOR - SCALE * y)


@dataclass(frozen=True, slots=True)
class MapTown:
    municipality: Municipality
    count: int
    x: int
    y: int
    radius: int
    label_x: int
    label_y: int
    anchor: str
    has_leader: bool
    bearing: str  # and distance from Piteå; "" there, and where there is no room for it

    @property
    def name(self) -> str:
        return self.municipality.name

    @property
    def direction(self) -> Direction:
        return direction_of(self.municipality.code)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_inside(self) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


@cache
def background() -> dict[str, str]:
    """Path data of what never changes: land, surroundings, grid of degrees, Arctic Circle."""
    features = json.loads(OUTLINES.read_text())["features"]
    *counties, around = (feature["geometry"]["coordinates"] for feature in features)
    return {
        "land": "".join(_path(ring, closed=True) for county in counties for polygon in county for ring in polygon),
        "surroundings": "".join(_path(line) for line in around),
        "graticule": "".join(
            [_path([(lon / 2, lat) for lon in range(20, 60, 4)]) for lat in PARALLELS]
            + [_path([(lon, lat) for lat in (62, 64, 66, 68, 70)]) for lon in MERIDIANS]
        ),
        "circle": _path([(lon / 2, ARCTIC_CIRCLE) for lon in range(20, 60, 2)]),
    }


def _path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Relative path data of (longitude, latitude) points; those that fall on the same pixel are left out."""
    pixels = [project(lat, lon) for lon, lat in points]
    steps, (x, y) = [], pixels[0]
    for next_x, next_y in pixels[1:]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{next_x - x},{next_y - y}")
            x, y = next_x, next_y
    if not steps:
        return ""
    return f"M{pixels[0][0]} {pixels[0][1]}l{' '.join(steps)}{'z' if closed else ''}".replace(",-", "-").replace(
        " -", "-"
    )


def map_towns(counts: Mapping[str, int]) -> list[MapTown]:
    """The towns of the municipalities with companies (code → number), most companies first, each with a free label."""
    towns = sorted(
        ((BY_CODE[code], count) for code, count in counts.items() if count and code in BY_CODE),
        key=lambda town: (-town[1], town[0].name),
    )
    dots = {town.code: _dot(town, count) for town, count in towns}
    has_bearings = len(towns) <= MOST_BEARINGS
    taken = [Box(x - r - 1, y - r - 1, x + r + 1, y + r + 1) for x, y, r in dots.values()]
    return [_map_town(town, count, dots[town.code], taken, has_bearings) for town, count in towns]


def _dot(town: Municipality, count: int) -> tuple[int, int, int]:
    return (*project(town.lat, town.lon), min(24, round(4 + 3 * sqrt(count))))


def _map_town(
    town: Municipality, count: int, dot: tuple[int, int, int], taken: list[Box], has_bearing: bool
) -> MapTown:
    bearing = direction_of(town.code).text if has_bearing else ""
    width = (len(town.name) + 2 + len(str(count)) + 0.75 * len(bearing)) * TEXT_HEIGHT * CHARACTER
    free = (label for label in _candidates(*dot) if _is_free(_box(label, width), taken))
    label = next(free, None) or next(_candidates(*dot))
    taken.append(_box(label, width))
    return MapTown(town, count, *dot, *label, bearing)


def _is_free(box: Box, taken: list[Box]) -> bool:
    return box.is_inside() and not any(box.overlaps(other) for other in taken)


def _box(label: tuple[int, int, str, bool], width: float) -> Box:
    x, y, anchor, _ = label
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left - 2, y - TEXT_HEIGHT * 0.75 - 1, left + width + 2, y + TEXT_HEIGHT * 0.25 + 1)


def _candidates(x: int, y: int, radius: int) -> Iterator[tuple[int, int, str, bool]]:
    """Possible positions of a label, best first: beside the dot, above and below it, then farther out on a leader line."""
    side, drop = radius + 7, 8
    yield x + side, y + drop, "start", False
    yield x - side, y + drop, "end", False
    yield x, y - radius - 8, "middle", False
    yield x, y + radius + 23, "middle", False
    for reach in range(radius + 16, 260, 8):
        for rise in (0, -14, 14, -30, 30, -50, 50, -75, 75, -100, 100):
            yield x + reach, y + rise + drop, "start", True
            yield x - reach, y + rise + drop, "end", True


@dataclass(frozen=True)
class CompanyMap:
    """Municipality codes with numbers of companies, which `components/_map.html` draws."""

    counts: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "CompanyMap | None":
        """None where no company is anywhere."""
        return cls(tuple(sorted(counts.items()))) if counts else None

    @property
    def drawn(self) -> dict[str, object]:
        return company_map(dict(self.counts))


def company_map(counts: Mapping[str, int]) -> dict[str, object]:
    towns, pitea = map_towns(counts), project(BY_CODE[PITEA].lat, BY_CODE[PITEA].lon)
    return {
        **background(),
        "box": COAST if all(town.y > COAST[1] + TEXT_HEIGHT for town in towns) else ALL_OF_IT,
        "rays": [(*pitea, town.x, town.y) for town in towns if (town.x, town.y) != pitea],
        "others": [project(town.lat, town.lon) for town in MUNICIPALITIES if not counts.get(town.code)],
        "towns": towns,
    }
