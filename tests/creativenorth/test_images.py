import re
import resource
from io import BytesIO

import pillow_heif
import psutil
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from creativenorth.files import images
from tests.profiles import profile

pillow_heif.register_heif_opener()

GPS = 0x8825
ORIENTATION = 0x0112


def encoded(picture, kind, **options):
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def upload(content, name="bild.png"):
    return SimpleUploadedFile(name, content)


def reopened(file):
    return Image.open(BytesIO(file.read()))


def refusal(content, name="bild.png"):
    with pytest.raises(ValidationError) as caught:
        images.rewritten(upload(content, name))
    return caught.value.messages


@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "WEBP", "AVIF", "HEIF", "GIF"])
def test_picture_of_a_known_kind_becomes_webp(kind):
    content = encoded(Image.new("RGB", (40, 20), "teal"), kind)

    file = images.rewritten(upload(content, "logo.exe"))

    picture = reopened(file)
    assert (picture.format, picture.size) == ("WEBP", (40, 20))
    assert re.fullmatch(r"[0-9a-f]{24}-40x20\.webp", file.name)


def test_transparency_stays():
    content = encoded(Image.new("RGBA", (8, 8), (10, 20, 30, 0)), "PNG")

    assert reopened(images.rewritten(upload(content))).convert("RGBA").getpixel((4, 4))[3] == 0


def test_exif_and_place_are_gone():
    exif = Image.Exif()
    exif[0x010F] = "Kameran"
    exif[GPS] = {1: "N", 2: (65.0, 19.0, 0.0)}
    content = encoded(Image.new("RGB", (30, 30)), "JPEG", exif=exif, comment=b"hemligt")
    assert Image.open(BytesIO(content)).getexif().get_ifd(GPS)

    file = images.rewritten(upload(content))

    written = file.read()
    assert dict(Image.open(BytesIO(written)).getexif()) == {}
    assert not any(secret in written for secret in (b"Kameran", b"hemligt", b"EXIF", b"Exif", b"XMP "))


def test_picture_lying_on_its_side_is_turned_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = Image.new("RGB", (40, 20), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 9, 19), fill="black")

    turned = reopened(images.rewritten(upload(encoded(picture, "JPEG", exif=exif, quality=95)))).convert("L")

    assert turned.size == (20, 40)
    assert turned.getpixel((10, 3)) < 60 < 200 < turned.getpixel((10, 36))


@pytest.mark.parametrize("byte", [0, 30, 85])
def test_picture_with_broken_exif_is_taken_as_it_lies(byte):
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x010F] = 6, "Kam"
    content = bytearray(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    content[content.find(b"Exif") + 17] = byte

    assert reopened(images.rewritten(upload(bytes(content)))).format == "WEBP"


@pytest.mark.parametrize(("position", "byte"), [(81, 0), (115, 0), (209, 0), (241, 255)])
def test_damaged_avif_is_told_to_be_damaged(position, byte):
    content = bytearray(encoded(Image.new("RGB", (40, 20), "teal"), "AVIF"))
    content[position] = byte

    assert refusal(bytes(content)) == ["Bilden är skadad. Spara den på nytt där du gjorde den."]


def test_large_picture_is_made_smaller():
    content = encoded(Image.new("RGB", (3200, 800), "navy"), "PNG")

    assert reopened(images.rewritten(upload(content))).size == (1600, 400)


def test_what_hides_behind_a_picture_is_gone():
    content = encoded(Image.new("RGB", (10, 10)), "PNG") + b"<script>alert(1)</script>PK\x03\x04"

    assert b"script" not in images.rewritten(upload(content)).read()


def test_bomb_is_refused_before_it_is_decoded():
    content = encoded(Image.new("1", (20_000, 20_000)), "PNG", optimize=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    messages = refusal(content)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (len(content) < 200_000, "110 miljoner" in messages[0]) == (True, True)
    assert after.ru_utime - before.ru_utime < 2


def test_what_needs_more_memory_than_there_is_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(images, "MEMORY", 50_000_000)

    assert refusal(encoded(Image.new("1", (10_000, 10_000)), "PNG")) == [
        "Bilden är för stor för att läsas här. Gör den mindre och försök igen."
    ]


def test_more_than_forty_megabytes_is_refused():
    assert "40 MB" in refusal(b"\xff\xd8\xff" + bytes(images.MAX_BYTES))[0]


@pytest.mark.parametrize(
    ("kind", "size"), [("JPEG", (12_000, 9_000)), ("HEIF", (2016, 1512))], ids=["108 megapixels", "HEIC"]
)
def test_what_phones_take_today_is_made_smaller(kind, size):
    picture = Image.new("L", size, 90) if kind == "JPEG" else Image.new("RGB", size, "teal")
    content = encoded(picture, kind)
    own = psutil.Process().memory_info().rss

    assert reopened(images.rewritten(upload(content))).size == (1600, 1200)
    assert psutil.Process().memory_info().rss - own < 60_000_000


@pytest.mark.parametrize(
    ("space", "given", "shown"),
    [
        ("Display P3", (234, 51, 35), (255, 0, 0)),
        ("Display P3", (128, 128, 128), (128, 128, 128)),
        ("Adobe RGB", (144, 255, 60), (0, 255, 0)),
    ],
)
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_of_other_spaces_become_those_of_the_web(space, given, shown, mode):
    content = encoded(Image.new("RGB", (20, 20), given).convert(mode), "PNG", icc_profile=profile(space))

    pixel = reopened(images.rewritten(upload(content))).convert("RGB").getpixel((9, 9))

    assert max(abs(one - other) for one, other in zip(pixel, shown, strict=True)) < 12


@pytest.mark.parametrize("kind", ["JPEG", "AVIF", "HEIF"])
def test_colours_that_phones_take_become_those_of_the_web(kind):
    content = encoded(Image.new("RGB", (64, 64), (234, 51, 35)), kind, icc_profile=profile("Display P3"))

    pixel = reopened(images.rewritten(upload(content))).convert("RGB").getpixel((9, 9))

    assert max(abs(one - other) for one, other in zip(pixel, (255, 0, 0), strict=True)) < 16


def test_colours_for_print_become_those_of_the_web():
    content = encoded(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG")

    red, green, blue = reopened(images.rewritten(upload(content))).convert("RGB").getpixel((9, 9))

    assert (red > 220, green < 60, blue < 60) == (True, True, True)


def test_a_profile_that_is_broken_or_of_another_kind_of_colours_is_ignored():
    for wrong, mode in ((b"nonsense", "RGB"), (profile("Adobe RGB"), "L"), (profile("Adobe RGB"), "CMYK")):
        content = encoded(Image.new(mode, (20, 20)), "JPEG", icc_profile=wrong)

        assert reopened(images.rewritten(upload(content))).size == (20, 20)


def test_sixteen_bits_keep_their_tones():
    content = encoded(Image.new("I;16", (20, 20), 32_768), "PNG")

    assert abs(reopened(images.rewritten(upload(content))).convert("L").getpixel((9, 9)) - 128) < 3


def test_of_what_moves_the_first_picture_is_taken():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("white", "black")]

    for kind in ("GIF", "WEBP"):
        content = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert reopened(images.rewritten(upload(content))).convert("L").getpixel((9, 9)) > 240


def test_svg_is_refused_with_a_way_out():
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    assert "PNG" in refusal(svg, "logo.png")[0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"%PDF-1.7",
        encoded(Image.new("RGB", (5, 5)), "TIFF"),
    ],
    ids=["nothing", "program", "pdf", "tiff"],
)
def test_other_kinds_are_refused(content):
    assert "AVIF" in refusal(content, "bild.jpg")[0]


def test_truncated_picture_is_refused():
    content = encoded(Image.effect_noise((200, 200), 90), "PNG")

    assert "skadad" in refusal(content[: len(content) // 2])[0]


def test_large_picture_is_kept_in_three_widths_and_goes_with_all():
    file = images.rewritten(upload(encoded(Image.new("RGB", (3000, 1500)), "PNG")))
    name = images.store(f"works/{file.name}", file)
    made = images.sizes(name)
    stored = [default_storage.exists(each) for each in made.values()]

    images.delete(name)

    assert (list(made), stored) == ([400, 800, 1600], [True] * 3)
    assert [default_storage.exists(each) for each in made.values()] == [False] * 3


@pytest.mark.parametrize("name", ["", "logos/katt.jpg", "logos/abc.webp", None])
def test_picture_that_is_not_of_our_making_has_one_size(name):
    assert (images.sizes(name), images.srcset(name)) == ({}, "")
