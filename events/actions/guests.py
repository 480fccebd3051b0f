"""Guests: a form that waits for its address to be confirmed, and the sign-up that follows."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from creativenorth import mail
from creativenorth.text.orgnr import parse
from creativenorth.text.slugs import free_slug
from events.actions.signup import Attendee, Details, made_by, sign_up
from events.models import Audience, GuestSignUp, Registration
from events.models.guest_signup import LINK_LASTS
from events.permissions import is_for
from events.words import moment_text
from members.actions.invitations import account_with_email
from members.actions.numbers import company_with_number, note_number
from members.models import Company
from members.models.affiliation import token_digest

MOST_LINKS_A_DAY = 5  # to one address: nobody uses the portal to fill a stranger's mailbox


class TooManyLinks(Exception):
    """The address has been sent as many links today as it gets."""


@transaction.atomic
def ask_to_confirm(*, activity, idempotency_key, email, contents, language):
    """Keep the form and mail the link that confirms it; a form that is sent again sends nothing more.

    Where only those on a list may come, nobody else is sent anything, and the page answers all alike: it tells no
    stranger who is invited. Raises `TooManyLinks`.
    """
    earlier = GuestSignUp.objects.filter(idempotency_key=idempotency_key).first()
    if earlier:
        return earlier
    email = email.strip().lower()
    if activity.audience == Audience.INVITED and not is_for(activity, Attendee(email=email)):
        return None
    today = timezone.now() - timedelta(days=1)
    if GuestSignUp.objects.filter(email=email, created_at__gt=today).count() >= MOST_LINKS_A_DAY:
        raise TooManyLinks
    token = secrets.token_urlsafe(32)
    form, is_new = GuestSignUp.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "token_digest": token_digest(token), "activity": activity, "email": email, "language": language,
            "contents": contents,
        },
    )  # fmt: skip
    if is_new:
        _mail_link(form, token)
    return form


def _mail_link(form, token):
    with translation.override(form.language):
        link = settings.SITE_URL + reverse("events:guest_confirmation", args=[token])
        context = {
            "activity": form.activity.title,
            "link": link,
            "until": moment_text(form.created_at + LINK_LASTS),
        }
    mail.queue(
        to=form.email,
        template="guest_confirm",
        context=context,
        language=form.language,
        cause=f"guest-confirm:{form.idempotency_key}",
        is_secret=True,
    )


def form_with(token):
    """The form that the link confirms, or None."""
    found = GuestSignUp.objects.select_related("activity").filter(token_digest=token_digest(token))
    return found.first()


@transaction.atomic
def confirm(form):
    """The address is the guest's: sign up, once, and return the registrations; the guest's own is the first.

    Whoever has an account is signed up with it. Raises what `sign_up` raises, and then the link can be used again.
    """
    contents = form.contents
    guest = _guest(form)
    # They come from the guest's company: its limit, and a policy that puts new companies first, count them too.
    companions = [Attendee(name=name, company=guest.company, language=form.language) for name in contents["names"][1:]]
    answers = {int(question): answer for question, answer in contents["answers"].items()}
    details = Details(answers=answers, diet=contents["diet"], access=contents["access"], shown_to=contents["shown_to"])
    rows = sign_up(
        form.activity,
        attendees=[guest, *companions],
        mode=contents["mode"],
        idempotency_key=form.idempotency_key,
        together=True,
        details=details,
    )
    if form.confirmed_at is None:
        number = contents["organisation_number"]
        Registration.objects.filter(pk__in=[row.pk for row in rows], user=None).update(organisation_number=number)
        # What was asked for stands in the registrations now; a second copy would outlive them.
        form.contents = contents | {"answers": {}, "diet": [], "access": []}
        form.confirmed_at = timezone.now()
        form.save(update_fields=["contents", "confirmed_at"])
    return rows


def place_of(form):
    """What the link has led to already: the guest's own registration, or None."""
    if form.confirmed_at is None:
        return None
    return next(iter(made_by(form.idempotency_key)), None)


def _guest(form):
    if holder := account_with_email(form.email):
        return Attendee.of(holder, activity=form.activity)
    company = company_of_guest(form.contents["company_name"], form.contents["organisation_number"])
    return Attendee(name=form.contents["names"][0], email=form.email, company=company, language=form.language)


def company_of_guest(name, organisation_number=""):
    """The company that guests have named so before, else a new one, for staff to merge; never a member's own.

    A guest cannot put themselves into a company that is somebody's here by typing its name or its number. A number that
    nobody has is kept as the company's; one that somebody has shows the two to staff as likely the same.
    """
    if not name:
        return None
    unowned = Company.objects.unowned()
    number = parse(organisation_number) if organisation_number else None
    holder = company_with_number(number) if number else None
    if holder and unowned.filter(pk=holder.pk).exists():
        return holder
    named = unowned.filter(name__iexact=name)
    named = named.filter(number=None) if number else named
    found = named.order_by("pk").first() or Company.objects.create(name=name, slug=free_slug(Company, name))
    return note_number(company=found, number=number) if number and not holder else found
