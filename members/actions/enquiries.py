from django.conf import settings
from django.db import transaction
from django.urls import reverse

from creativenorth import mail
from creativenorth.forms.once import deed_key
from creativenorth.site.models import Cluster
from creativenorth.web import limits
from creativenorth.web.limits import LimitReached
from members.models import Enquiry


def enquiry_key(*, idempotency_key, contents):
    """The same for the same form sent twice with the same contents, another for other contents."""
    return deed_key(idempotency_key, *(f"{name}={value}" for name, value in sorted(contents.items())))


def is_received(*, idempotency_key, contents):
    return Enquiry.objects.filter(
        idempotency_key=enquiry_key(idempotency_key=idempotency_key, contents=contents)
    ).exists()


@transaction.atomic
def receive_enquiry(*, kind, idempotency_key, contents, language):
    """Save the enquiry, thank by mail and tell the cluster's contact; once, however often the form arrives."""
    key = enquiry_key(idempotency_key=idempotency_key, contents=contents)
    enquiry, is_new = Enquiry.make_once(key, kind=kind, language=language, **contents)
    if is_new:
        _thank(enquiry)
        _tell_contact(enquiry)
    return enquiry


def _thank(enquiry):
    """The mail repeats nothing that was typed: the address may be somebody else's, so it gets few of them a day."""
    if enquiry.email and _may_be_thanked(enquiry.email):
        mail.queue(
            to=enquiry.email,
            event="enquiry_thanks",
            context={"kind": enquiry.kind},
            language=enquiry.language,
            cause=f"enquiry-thanks:{enquiry.pk}",
        )


def _may_be_thanked(address):
    try:
        limits.use("enquiry_thanks", address=address)
    except LimitReached:
        return False
    return True


def _tell_contact(enquiry):
    cluster = Cluster.objects.first()
    if cluster is None:
        return
    link = settings.SITE_URL + reverse("admin:members_enquiry_change", args=[enquiry.pk])
    mail.queue(
        to=cluster.contact_email,
        event="enquiry_received",
        context={"enquiry": enquiry, "kind": enquiry.kind, "link": link},
        language="sv",
        cause=f"enquiry-received:{enquiry.pk}",
        reply_to=enquiry.email,
    )
