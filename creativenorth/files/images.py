"""Pictures that people upload: checked by their content, decoded within limits, and written anew.

What is stored is always a WebP of our own making, in sRGB, without EXIF, GPS, colour profile or comment; it is made in a
process of its own (`picture_pixels`), which takes its memory along. Its name has its size
("5f…-1600x1067.webp") and whether it needs a dark ground ("5f…-pale-1600x1067.webp"); beside it lie narrower ones for
small screens ("5f…-1600x1067-400.webp"). A name is never used for another picture.
"""

import json
import re
import secrets
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db.models import ImageField, TextChoices
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from creativenorth.files import bounded
from creativenorth.files.picture_pixels import webp

ACCEPT = "image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,image/gif,.heic,.heif"
MAX_BYTES = 40_000_000
TOO_LARGE = gettext_lazy("The file is larger than 40 MB. Make the picture smaller and try again.")
LONGEST_SIDE = 1600
MEMORY, SECONDS = 700_000_000, 10  # a picture of 108 megapixels takes two thirds of either
REASONS = {
    "pixels": gettext_lazy("The picture has more than 110 million pixels. Make it smaller and try again."),
    "much": gettext_lazy("The picture is too large to be read here. Make it smaller and try again."),
    "damaged": gettext_lazy("The picture is damaged. Save it again from where you made it."),
    "svg": gettext_lazy("SVG files may carry programs, so we do not take them. Save the picture as PNG."),
    "kind": gettext_lazy("This is not a picture we can read. Use JPEG, PNG, WebP, AVIF, HEIC or GIF."),
}
NARROWER = (400, 800)
PALE = "-pale"
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
        """`data-largest` lets file-size.js refuse a file before it is sent; picture-preview.js shows it."""
        return super().widget_attrs(widget) | {
            "accept": ACCEPT,
            "data-largest": MAX_BYTES,
            "data-too-large": TOO_LARGE,
            "data-preview-picture": gettext_lazy("The picture that you have chosen"),
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
    try:
        answer = bounded.run(
            "creativenorth.files.picture_pixels", upload, str(longest_side), memory=MEMORY, seconds=SECONDS
        )
    except bounded.TooMuch:
        raise ValidationError(REASONS["much"]) from None
    except bounded.Broken:
        raise ValidationError(REASONS["damaged"]) from None
    line, _newline, content = answer.partition(b"\n")
    told = json.loads(line)
    if "refused" in told:
        raise ValidationError(REASONS[told["refused"]])
    pale = PALE if told["pale"] else ""
    return ContentFile(content, name=f"{secrets.token_hex(12)}{pale}-{told['width']}x{told['height']}.webp")


def renamed(name, token):
    return f"{token}-{name.partition('-')[2]}"


def is_pale(name):
    """A bright drawing on a transparent ground, which can only be seen on a dark one."""
    return f"{PALE}-" in str(name)


def size_of(name):
    """(width, height) from the name; None for a file that is not of our making."""
    found = _NAME.search(name or "")
    return (int(found[1]), int(found[2])) if found else None


def whole_name(name):
    """The name of the picture that this file is a narrower one of, or its own."""
    return re.sub(r"(-\d+x\d+)-\d+\.webp$", r"\1.webp", name)


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
    with _whole_or_not_at_all(name):
        if not default_storage.exists(name):
            default_storage.save(name, file)
        store_narrower(name, file)
    return name


@contextmanager
def _whole_or_not_at_all(name):
    """Without room a file may be half written, or one width without the others."""
    try:
        yield
    except OSError:
        delete(name)
        raise


def store_narrower(name, file):
    narrower = [(width, other) for width, other in sizes(name).items() if other != name]
    for width, other in narrower:
        if not default_storage.exists(other):
            file.seek(0)
            picture = Image.open(file)
            picture.thumbnail((width, 10 * width))
            default_storage.save(other, ContentFile(webp(picture)))


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
        path = self.field.generate_filename(self.instance, name)
        with _whole_or_not_at_all(path):
            super().save(name, content, save=save)
            store_narrower(self.name, content)


class Picture(ImageField):
    """A model field for a picture; every form for it, the admin's too, uses `PictureField`."""

    attr_class = PictureFile

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": PictureField} | kwargs))
