"""The Union's emblem and its statement are seen without scrolling, and no other logo is larger in both height and width (domain rule)."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from programmes.models import Funder


def picture(width, height):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#135").save(file, "PNG")
    return ContentFile(file.getvalue(), "logo.png")


def is_in_view(page, locator):
    box, size = locator.bounding_box(), page.viewport_size
    return (
        box["y"] >= 0
        and box["x"] >= 0
        and box["y"] + box["height"] <= size["height"]
        and (box["x"] + box["width"] <= size["width"])
    )


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1440, 900)])
@pytest.mark.parametrize("path", ["/", "/en/"])
def test_emblem_and_statement_are_seen_without_scrolling(full_portal, open_page, path, width, height):
    page = open_page(width, height)

    page.goto(path)

    band = page.locator(".eu").first
    statement = "Europeiska unionen" if path == "/" else "European Union"
    assert band.inner_text().split("\n")[0].strip() == statement
    assert is_in_view(page, band.locator("img"))
    assert is_in_view(page, band.locator(".eu__statement"))
    assert page.evaluate("window.scrollY") == 0


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1440, 900)])
def test_no_logo_is_larger_than_the_emblem(full_portal, open_page, width, height):
    for number, funder in enumerate(Funder.objects.all()):
        funder.logo.save("logo.png", picture(*[(900, 300), (300, 900), (600, 600)][number % 3]))
    page = open_page(width, height)
    page.goto("/")
    page.evaluate(
        """Promise.all([...document.querySelectorAll("img.logo")].map(image => {
            image.loading = "eager";
            return image.decode();
        }))"""
    )
    logos = page.locator("img.logo:visible")

    boxes = [logos.nth(number).bounding_box() for number in range(logos.count())]
    emblem = page.locator(".eu__emblem").first.bounding_box()  # the one that is seen without scrolling

    assert len(boxes) == 8
    assert [box for box in boxes if box["height"] > emblem["height"] and box["width"] > emblem["width"]] == []
