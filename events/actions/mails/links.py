"""The secret links of registrations, and the causes under which mail about them is queued."""

from django.conf import settings
from django.urls import reverse

from creativenorth.web import secret_links
from events.models import Registration
from events.models.registration import LINK


def registration_path(registration):
    """The secret link by which a registration is seen, answered and cancelled without signing in."""
    return reverse("events:registration", args=[registration.token])


def registration_url(registration):
    return settings.SITE_URL + registration_path(registration)


def registration_with_link(token):
    uuid = secret_links.uuid_of(token, LINK)
    return uuid and Registration.objects.select_related("activity", "user", "company").filter(uuid=uuid).first()


def cause_of(registration, step):
    return f"registration:{registration.uuid}:{step}"


def language_of(registration):
    return registration.user.language if registration.user_id else registration.language
