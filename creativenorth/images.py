"""Pictures that people upload: judged by their content, decoded within limits, and written anew.

What is stored is always a WebP of our own making under a random name: no EXIF or GPS, no colour profile, no comment,
nothing that was hidden behind the picture. A name is never used twice, so that pictures may be kept for ever.
"""

import secrets
import warnings
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ACCEPT = "image/jpeg,image/png,image/webp,image/avif"
MAX_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 1600


class Crop(TextChoices):
    """Which part of a picture stays where it is cut to another shape."""

    TOP = "top", gettext_lazy("the upper part")
    CENTRE = "centre", gettext_lazy("the middle")
    BOTTOM = "bottom", gettext_lazy("the lower part")
    LEFT = "left", gettext_lazy("the left part")
    RIGHT = "right", gettext_lazy("the right part")


class PictureField(forms.FileField):
    """A file that becomes one of our own pictures, or an error that says why not."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})

    def clean(self, data, initial=None):
        data = super().clean(data, initial)
        return rewritten(data) if isinstance(data, UploadedFile) else data


def rewritten(upload, longest_side=LONGEST_SIDE):
    """The uploaded picture as a WebP file of our own. Raises `ValidationError` with what to do about it."""
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 8 MB. Make the picture smaller and try again."))
    content = upload.read(MAX_BYTES + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture = _decoded(content)
    picture.thumbnail((longest_side, longest_side))
    return ContentFile(_webp(picture), name=f"{secrets.token_hex(12)}.webp")


def _decoded(content):
    """The picture upright; its size is asked before a single pixel is decoded."""
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_many_pixels()
        picture.load()
        picture = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise _wrong_kind(content) from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError):
        raise ValidationError(_("The picture is damaged. Save it again from where you made it.")) from None
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _too_many_pixels():
    return ValidationError(_("The picture has more than 40 million pixels. Make it smaller and try again."))


def _wrong_kind(content):
    if b"<svg" in content[:4096].lower():
        return ValidationError(_("SVG files may carry programs, so we do not take them. Save the picture as PNG."))
    return ValidationError(_("This is not a picture we can read. Use JPEG, PNG, WebP or AVIF."))


def _webp(picture):
    file = BytesIO()
    picture.info = {}
    picture.save(file, "WEBP", quality=88, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return file.getvalue()
