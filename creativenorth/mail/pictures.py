"""The pictures inside a mail: they travel with it, so that no program asks for leave to fetch them, and nobody sees who reads."""

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from functools import cache
from io import BytesIO

import segno
from django.conf import settings
from django.core.mail import EmailMultiAlternatives


def of_html(html, ticket_url):
    """{content id: PNG} of those that the HTML shows."""
    found = {}
    if "cid:eu" in html:
        found["eu"] = _emblem()
    if "cid:ticket" in html and ticket_url:
        found["ticket"] = _ticket(ticket_url)
    return found


@cache
def _emblem():
    return (settings.BASE_DIR / "static/img/eu-emblem.png").read_bytes()


def _ticket(url):
    stream = BytesIO()
    segno.make(url, error="m").save(stream, kind="png", scale=6, border=3)
    return stream.getvalue()


class Message(EmailMultiAlternatives):
    """Puts the pictures beside the HTML part, related to it, so that no program shows them as attached files."""

    pictures = {}

    def message(self, *args, **kwargs):
        mime = super().message(*args, **kwargs)
        for container in [part for part in mime.walk() if part.is_multipart()]:
            container.set_payload([self._related(part) for part in container.get_payload()])
        return mime

    def _related(self, part):
        if part.get_content_type() != "text/html" or not self.pictures:
            return part
        related = MIMEMultipart("related")
        related.attach(part)
        for name, content in self.pictures.items():
            picture = MIMEImage(content, "png")
            picture.add_header("Content-ID", f"<{name}>")
            picture.add_header("Content-Disposition", "inline", filename=f"{name}.png")
            related.attach(picture)
        return related
