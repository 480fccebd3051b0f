from itertools import combinations

import pytest

from creativenorth.drawing.maps import HEIGHT, TEXT_HEIGHT, WIDTH, background, company_map, map_towns, project
from creativenorth.drawing.municipalities import MUNICIPALITIES

ALL = {town.code: 7 for town in MUNICIPALITIES}


def label_box(town):
    width = len(f"{town.name} {town.count}") * TEXT_HEIGHT * 0.5
    left = {"start": town.label_x, "middle": town.label_x - width / 2, "end": town.label_x - width}[town.anchor]
    return left, town.label_y - TEXT_HEIGHT * 0.7, left + width, town.label_y


def test_projection_puts_north_up_and_east_to_the_right():
    pitea, lulea, kiruna = project(65.32, 21.48), project(65.58, 22.15), project(67.86, 20.23)

    assert kiruna[1] < lulea[1] < pitea[1]
    assert kiruna[0] < pitea[0] < lulea[0]


def test_every_municipality_is_on_the_sheet():
    points = [project(town.lat, town.lon) for town in MUNICIPALITIES]

    assert [point for point in points if not (0 < point[0] < WIDTH and 0 < point[1] < HEIGHT)] == []


def test_labels_keep_clear_of_each_other_even_with_every_town():
    boxes = [label_box(town) for town in map_towns(ALL)]

    overlapping = [
        (a, b) for a, b in combinations(boxes, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]

    assert overlapping == []


@pytest.mark.parametrize("code", ["9999", ""])
def test_unknown_municipality_is_left_out(code):
    assert map_towns({code: 3}) == []


def test_places_come_with_most_companies_first_and_a_larger_dot():
    first, second = map_towns({"2581": 2, "2480": 9})

    assert (first.name, second.name) == ("Umeå", "Piteå")
    assert first.radius > second.radius


def test_outlines_stay_small():
    assert sum(len(path) for path in background().values()) <= 6_000


def test_towns_without_companies_are_marked_too():
    assert len(company_map({"2581": 1, "2480": 0})["others"]) == 28
