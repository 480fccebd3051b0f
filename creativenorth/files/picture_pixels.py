"""Makes a WebP of our own out of a picture that somebody sent in. Runs in a process of its own (creativenorth.files.bounded).

As little as possible is decoded at full size: a JPEG is unpacked at an eighth, a quarter or a half where that is enough,
and what cannot be is made smaller before anything else is done with it.
"""

import json
from io import BytesIO

from PIL import Image, ImageChops, ImageCms, ImageStat, UnidentifiedImageError
from PIL.Image import Resampling, Transpose

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
HEIF = ("HEIF",)
BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
MOST_PIXELS = 110_000_000
QUALITY = 88
ORIENTATION = 0x0112
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
BRIGHT = 170  # of 255, mean of the pixels that are not transparent
PROFILES = {"RGB ": "RGB", "CMYK": "CMYK", "GRAY": "L"}  # colour space of a profile → mode of pictures that it is for
Image.MAX_IMAGE_PIXELS = None  # MOST_PIXELS holds here, and the memory of the process


class Refused(Exception):
    """The argument is the reason, as creativenorth.files.images says it in words."""


def main(content, longest_side):
    """A line of JSON, {"refused": reason} or {"width", "height", "pale"}, and after it the picture."""
    try:
        picture = _small(content, int(longest_side))
    except Refused as refused:
        return json.dumps({"refused": str(refused)}).encode()
    told = {"width": picture.width, "height": picture.height, "pale": _is_pale(picture)}
    return json.dumps(told).encode() + b"\n" + webp(picture)


def webp(picture):
    file = BytesIO()
    picture.info = {}
    picture.save(file, "WEBP", quality=QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return file.getvalue()


def _small(content, longest_side):
    """The first frame, upright, in sRGB, no side longer than that. Raises Refused."""
    try:
        picture = _opened(content)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused("pixels")
        turn, profile = TURNS.get(_orientation(picture)), picture.info.get("icc_profile")
        picture.draft(None, (longest_side, longest_side))
        picture = _reduced(_in_eight_bits(picture), longest_side)
        picture = _in_srgb(picture, profile)
        picture.thumbnail((longest_side, longest_side), Resampling.LANCZOS)
        return picture.transpose(turn) if turn is not None else picture
    except (Refused, MemoryError):
        raise
    except UnidentifiedImageError:
        raise Refused("svg" if b"<svg" in content[:4096].lower() else "kind") from None
    except Exception:  # each format raises errors of its own for a damaged file, also a bare RuntimeError
        raise Refused("damaged") from None


def _opened(content):
    if content[4:8] == b"ftyp" and content[8:12] in BRANDS:
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
        return Image.open(BytesIO(content), formats=HEIF)
    return Image.open(BytesIO(content), formats=FORMATS)


def _orientation(picture):
    """As its EXIF says; unreadable EXIF is ignored."""
    try:
        return picture.getexif().get(ORIENTATION)
    except Exception:
        return None


def _in_eight_bits(picture):
    """With colours that can be reckoned with: no palette, no sixteen bits, no fractions."""
    picture.load()
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode in ("RGBA", "LA") else picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _reduced(picture, longest_side):
    """By a whole number, still at least twice as large as wanted: quick, and the fine work is done on little."""
    factor = max(picture.size) // (2 * longest_side)
    return picture.reduce(factor) if factor > 1 else picture


def _in_srgb(picture, profile):
    """RGB or RGBA, converted by the profile that the file carries; one that fits not is ignored."""
    alpha = picture.getchannel("A") if picture.mode in ("RGBA", "LA") else None
    colours = picture.convert(picture.mode.removesuffix("A")) if alpha else picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if PROFILES[source.profile.xcolor_space] != colours.mode:
            raise ValueError
        colours = ImageCms.profileToProfile(
            colours,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (TypeError, KeyError, ValueError, OSError, ImageCms.PyCMSError):
        colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _is_pale(picture):
    """A bright drawing on a transparent ground, which can only be seen on a dark one."""
    if picture.mode != "RGBA":
        return False
    small = picture.resize((64, 64))
    seen, bright = small.getchannel("A"), ImageChops.multiply(small.convert("L"), small.getchannel("A"))
    weight = ImageStat.Stat(seen).sum[0]
    return weight > 0 and 255 * ImageStat.Stat(bright).sum[0] / weight > BRIGHT
