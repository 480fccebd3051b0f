import io
import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from creativenorth.drawing.emblems import emblem, standalone_emblem
from creativenorth.drawing.share_picture import ShareCard, share_picture

TWELVE = [
    "Oh my", "In The Cold", "More Digital Studio", "Tromb", "Sigmar Metodbyrå", "Yours", "Vinter", "Brightnest",
    "Henson PR", "Eriksson/Nord Agency", "Formsmedjan", "Changemaker Educations",
]  # fmt: skip


def test_emblem_is_the_same_for_the_same_name_however_it_is_spaced_and_cased():
    assert emblem("Oh my") == emblem("  OH  MY ")


def test_emblems_of_the_twelve_are_all_different():
    assert len({emblem(name) for name in TWELVE}) == 12


@settings(deadline=None)  # the first reads the font
@given(st.text(max_size=80))
def test_emblem_is_small_well_formed_and_carries_nothing_of_the_name(name):
    drawing = emblem(name)

    assert len(drawing.encode()) <= 1_300
    assert {element.tag for element in ElementTree.fromstring(drawing).iter()} <= {"svg", "path", "circle", "g"}
    assert "#" not in drawing


def test_standalone_emblem_has_colours_and_no_classes():
    drawing = standalone_emblem("Tromb", size=600)

    assert 'width="600" height="600"' in drawing
    assert re.findall(r"class=", drawing) == []
    assert len(set(re.findall(r"#[0-9a-f]{6}", drawing))) == 3


def test_share_picture_has_the_emblem_on_its_left():
    picture = Image.open(io.BytesIO(share_picture(ShareCard("Tromb", "Piteå")))).convert("RGB")

    field, letter, beside = picture.getpixel((20, 20)), picture.getpixel((270, 400)), picture.getpixel((1180, 20))

    assert picture.size == (1200, 630)
    assert [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in (field, letter, beside)] == ["#0c4037", "#ffffff", "#0a1b30"]
