"""Files that people upload, good and bad."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, GPS = 0x0112, 0x8825


def picture(kind="PNG", *, size=(1000, 500), colour="teal", turned=False, name=None):
    """A picture of the kind, with the place where it was taken and a comment; `turned` lies on its side until it is turned."""
    file, exif = BytesIO(), Image.Exif()
    exif.get_ifd(GPS)[2] = (65.0, 19.0, 1.0)
    if turned:
        exif[ORIENTATION] = 6
    Image.new("RGB", size, colour).save(file, kind, exif=exif)
    return SimpleUploadedFile(name or f"bild.{kind.lower()}", file.getvalue())


def drawing(colour, *, size=(400, 200)):
    """A logo of the colour in the middle of a transparent ground."""
    file, ground = BytesIO(), Image.new("RGBA", size, (0, 0, 0, 0))
    ground.paste(Image.new("RGBA", (size[0] // 2, size[1] // 2), colour), (size[0] // 4, size[1] // 4))
    ground.save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue())


def no_picture(content=b"<svg onload='alert(1)'></svg>", name="logo.svg"):
    return SimpleUploadedFile(name, content)
