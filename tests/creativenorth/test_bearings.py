import pytest

from creativenorth.drawing.bearings import NORTH, direction_of, direction_to
from creativenorth.templatetags.drawing import dial


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("2582", "Boden 010° · 58 km"),
        ("2580", "Luleå 047° · 42 km"),
        ("2482", "Skellefteå 202° · 68 km"),
        ("2480", "Umeå 200° · 176 km"),
        ("2584", "Kiruna 350° · 288 km"),
    ],
)
def test_direction_is_the_true_bearing_from_pitea(code, text):
    direction = direction_of(code)

    assert f"{direction.place} {direction.text}" == text


def test_direction_in_pitea_itself_is_north_without_a_distance():
    assert direction_of("2581") == ("Piteå", 0, 0)
    assert direction_of("2581").text == ""


def test_direction_of_no_town_is_north():
    assert (direction_of(""), direction_of("0180")) == (NORTH, NORTH)


def test_direction_of_a_place_outside_the_region_follows_its_coordinates():
    assert direction_to("Stockholm", 59.33, 18.07).text == "196° · 689 km"


def test_dial_turns_the_needle_to_the_place():
    html = dial(direction_of("2580"))

    assert html.count('transform="rotate(47)"') == 1
