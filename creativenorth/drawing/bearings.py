"""Which way a place lies: the true bearing and the distance from Piteå, along a great circle."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import NamedTuple

from creativenorth.drawing.municipalities import BY_CODE

PITEA = "2581"
EARTH_KM = 6371


class Direction(NamedTuple):
    """Where the needle points on the page of a place; `degrees` clockwise from true north, `km` 0 in Piteå itself."""

    place: str
    degrees: int
    km: int

    @property
    def text(self) -> str:
        return f"{self.degrees:03}° · {self.km} km" if self.km else ""


NORTH = Direction("", 0, 0)


def direction_to(place: str, latitude: float, longitude: float) -> Direction:
    pitea = BY_CODE[PITEA]
    here, there = radians(pitea.lat), radians(latitude)
    east = radians(longitude - pitea.lon)
    bearing = atan2(sin(east) * cos(there), cos(here) * sin(there) - sin(here) * cos(there) * cos(east))
    half_chord = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(east / 2) ** 2
    km = round(2 * EARTH_KM * asin(sqrt(half_chord)))
    return Direction(place, round(degrees(bearing)) % 360 if km else 0, km)


def direction_of(code: str) -> Direction:
    """The direction of a municipality; north for none."""
    town = BY_CODE.get(code)
    return direction_to(town.name, town.lat, town.lon) if town else NORTH
