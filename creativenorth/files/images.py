"""Pictures that people upload: checked by their content, decoded within limits, and written anew.

What is stored is always a WebP of our own making, without EXIF, GPS, colour profile or comment. Its name has its size
("5f…-1600x1067.webp") and whether it needs a dark ground ("5f…-pale-1600x1067.webp"); beside it lie narrower ones for
small screens ("5f…-1600x1067-400.webp"). A name is never used for another picture, so browsers may cache it for ever.
"""

import re
import secrets
import warnings
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import ImageField, TextChoices
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageChops, ImageStat, UnidentifiedImageError
from PIL.Image import Transpose

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ACCEPT = "image/jpeg,image/png,image/webp,image/avif"
MAX_BYTES = 8_000_000
TOO_LARGE = gettext_lazy("The file is larger than 8 MB. Make the picture smaller and try again.")
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 1600
NARROWER = (400, 800)
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
PALE = "-pale"
BRIGHT = 170  # of 255, mean of the pixels that are not transparent
_NAME = re.compile(r"-(\d+)x(\d+)\.webp$")


class Crop(TextChoices):
    """Which part stays visible where a picture is cut to another shape."""

    TOP = "top", gettext_lazy("the upper part")
    CENTRE = "centre", gettext_lazy("the middle")
    BOTTOM = "bottom", gettext_lazy("the lower part")
    LEFT = "left", gettext_lazy("the left part")
    RIGHT = "right", gettext_lazy("the right part")


class PictureField(forms.FileField):
    """A file field whose value is a picture of our own making, or an error that says why not.

    `smallest` is how many pixels the longer side must have at least.
    """

    widget = forms.FileInput

    def __init__(self, *args, smallest=0, **kwargs):
        self.smallest = smallest
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget):
        """`data-largest` lets file-size.js refuse a file before it is sent."""
        return super().widget_attrs(widget) | {
            "accept": ACCEPT,
            "data-largest": MAX_BYTES,
            "data-too-large": TOO_LARGE,
        }

    def clean(self, data, initial=None):
        data = super().clean(data, initial)
        if not isinstance(data, UploadedFile):
            return data
        picture = rewritten(data)
        width, height = size_of(picture.name)
        if max(width, height) < self.smallest:
            raise ValidationError(
                _(
                    "The picture has only %(width)d × %(height)d pixels. Choose one with at least %(least)d on its longer side."
                ),
                params={"width": width, "height": height, "least": self.smallest},
            )
        return picture


def rewritten(upload, longest_side=LONGEST_SIDE):
    """The uploaded picture as a WebP file of our own. Raises `ValidationError` with what to do about it."""
    if upload.size > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    content = upload.read(MAX_BYTES + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture = _decoded(content)
    picture.thumbnail((longest_side, longest_side))
    return ContentFile(_webp(picture), name=_named(secrets.token_hex(12), picture))


def _named(token, picture):
    return f"{token}{PALE if _is_pale(picture) else ''}-{picture.width}x{picture.height}.webp"


def renamed(name, token):
    return f"{token}-{name.partition('-')[2]}"


def is_pale(name):
    """A bright drawing on a transparent ground, which can only be seen on a dark one."""
    return f"{PALE}-" in str(name)


def size_of(name):
    """(width, height) from the name; None for a file that is not of our making."""
    found = _NAME.search(name or "")
    return (int(found[1]), int(found[2])) if found else None


def sizes(name):
    """All files of one picture as {width: name}, the narrowest first."""
    size = size_of(name)
    if not size:
        return {}
    narrower = {width: f"{name.removesuffix('.webp')}-{width}.webp" for width in NARROWER if width < size[0]}
    return narrower | {size[0]: name}


def store(name, file):
    """Save a picture of our own making under the name, with its narrower ones. Returns the name."""
    file.seek(0)
    if not default_storage.exists(name):
        default_storage.save(name, file)
    store_narrower(name, file)
    return name


def store_narrower(name, file):
    narrower = [(width, other) for width, other in sizes(name).items() if other != name]
    for width, other in narrower:
        if not default_storage.exists(other):
            file.seek(0)
            picture = Image.open(file)
            picture.thumbnail((width, 10 * width))
            default_storage.save(other, ContentFile(_webp(picture)))


def delete(name):
    """Delete the picture and its narrower ones."""
    for each in {name, *sizes(name).values()}:
        default_storage.delete(each)


def srcset(name):
    """The value of `srcset`; "" where there is only one file."""
    files = sizes(name)
    return ", ".join(f"{default_storage.url(file)} {width}w" for width, file in files.items()) if len(files) > 1 else ""


class PictureFile(ImageFieldFile):
    """Saves the narrower pictures too, whichever form it came through."""

    def save(self, name, content, save=True):
        super().save(name, content, save=save)
        store_narrower(self.name, content)


class Picture(ImageField):
    """A model field for a picture; every form for it, the admin's too, uses `PictureField`."""

    attr_class = PictureFile

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": PictureField} | kwargs))


def _decoded(content):
    """The upright picture; its size is checked before a pixel is decoded. Raises ValidationError."""
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_many_pixels()
        picture.load()
        picture = _upright(picture).convert("RGBA" if picture.has_transparency_data else "RGB")
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise _wrong_kind(content) from None
    except Exception:  # each format raises errors of its own for a damaged file, also a bare RuntimeError
        raise ValidationError(_("The picture is damaged. Save it again from where you made it.")) from None
    return picture


def _upright(picture):
    """Turned as its EXIF says; unreadable EXIF is ignored."""
    try:
        orientation = picture.getexif().get(ORIENTATION)
    except Exception:
        return picture
    return picture.transpose(TURNS[orientation]) if orientation in TURNS else picture


def _too_many_pixels():
    return ValidationError(_("The picture has more than 40 million pixels. Make it smaller and try again."))


def _wrong_kind(content):
    if b"<svg" in content[:4096].lower():
        return ValidationError(_("SVG files may carry programs, so we do not take them. Save the picture as PNG."))
    return ValidationError(_("This is not a picture we can read. Use JPEG, PNG, WebP or AVIF."))


def _is_pale(picture):
    if picture.mode != "RGBA":
        return False
    small = picture.resize((64, 64))
    seen, bright = small.getchannel("A"), ImageChops.multiply(small.convert("L"), small.getchannel("A"))
    weight = ImageStat.Stat(seen).sum[0]
    return weight > 0 and 255 * ImageStat.Stat(bright).sum[0] / weight > BRIGHT


def _webp(picture):
    file = BytesIO()
    picture.info = {}
    picture.save(file, "WEBP", quality=88, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return file.getvalue()
