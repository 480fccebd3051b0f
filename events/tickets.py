"""Tickets: a QR code with an address that staff open at the door. Opening it alone changes nothing."""

from io import BytesIO

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from creativenorth.web import secret_links
from events.models import Registration

PURPOSE = "ticket"


def ticket_url(registration):
    return settings.SITE_URL + reverse("events:ticket", args=[secret_links.token(registration.uuid, PURPOSE)])


def ticket_svg(registration):
    """The QR code as inline SVG, coloured by the style sheet."""
    import segno

    stream = BytesIO()
    code = segno.make(ticket_url(registration), error="m")
    code.save(
        stream, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, svgclass="ticket__code", lineclass=None
    )
    return mark_safe(stream.getvalue().decode())  # safe: drawn by segno from an address of ours


def registration_with_ticket(token):
    uuid = secret_links.uuid_of(token, PURPOSE)
    found = Registration.objects.select_related("activity", "user", "company").filter(uuid=uuid)
    return found.first() if uuid else None
