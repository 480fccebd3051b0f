"""Sign-up of guests: a form that waits for its address to be confirmed, and what the confirmation does."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from creativenorth import mail
from creativenorth.dates import moment_text
from creativenorth.text.addresses import normal_address
from creativenorth.text.orgnr import parse
from creativenorth.text.slugs import save_with_free_slug
from creativenorth.text.swedish import fold
from events.actions.signup import Attendee, Details, registrations_made_with, sign_up
from events.models import Audience, GuestSignUp, Registration
from events.models.guest_signup import LINK_LASTS
from events.permissions import is_open_to
from members.actions.company_numbers import company_with_number, note_number
from members.actions.invitations import account_with_email
from members.models import Company
from members.models.affiliation import token_digest

MOST_LINKS_A_DAY = 5  # per address, or the portal could be used to flood a stranger's mailbox


class TooManyLinks(Exception):
    """The address has got its links for today."""


@transaction.atomic
def mail_confirmation_link(*, activity, idempotency_key, email, contents, language):
    """Keep the form and mail the link that confirms it. The same form sent again sends nothing more.

    Where only invited addresses may come, others are sent nothing and None is returned; the page answers all alike, so that it
    tells no stranger who is invited. Raises `TooManyLinks`.
    """
    earlier = GuestSignUp.objects.filter(idempotency_key=idempotency_key).first()
    if earlier:
        return earlier
    email = normal_address(email)
    if activity.audience == Audience.INVITED and not is_open_to(activity, Attendee(email=email)):
        return None
    today = timezone.now() - timedelta(days=1)
    if GuestSignUp.objects.filter(email=email, created_at__gt=today).count() >= MOST_LINKS_A_DAY:
        raise TooManyLinks
    token = secrets.token_urlsafe(32)
    form, is_new = GuestSignUp.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "token_digest": token_digest(token),
            "activity": activity,
            "email": email,
            "language": language,
            "contents": contents,
        },
    )
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


def guest_sign_up_with_link(token):
    found = GuestSignUp.objects.select_related("activity").filter(token_digest=token_digest(token))
    return found.first()


@transaction.atomic
def confirm(form):
    """Sign the guest up, once, and return the registrations, the guest's own first.

    Whoever has an account is signed up with it. Raises what `sign_up` raises; the link can be used again then.
    """
    contents = form.contents
    guest = _guest(form)
    # Companions count as people of the guest's company, for its limit and for a policy that puts new companies first.
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
        # The registrations have these by now; a second copy would outlive them.
        form.contents = contents | {"answers": {}, "diet": [], "access": []}
        form.confirmed_at = timezone.now()
        form.save(update_fields=["contents", "confirmed_at"])
    return rows


def _wait_for_others_naming(company):
    """Until their transaction ends: the second of two who name a new company finds the row of the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('events.company_of_guest'), hashtext(%s))", [fold(company)]
        )


def registration_of(form):
    """The guest's own registration, or None while the form is unconfirmed."""
    if form.confirmed_at is None:
        return None
    return next(iter(registrations_made_with(form.idempotency_key, form.activity)), None)


def _guest(form):
    if holder := account_with_email(form.email):
        return Attendee.for_user(holder, activity=form.activity)
    company = company_of_guest(form.contents["company_name"], form.contents["organisation_number"])
    return Attendee(name=form.contents["names"][0], email=form.email, company=company, language=form.language)


def company_of_guest(name, organisation_number=""):
    """The company that guests have named so before, else a new one for staff to merge; never a member's own.

    Typing a name or a number must not put a guest into a company that is somebody's here. A number that nobody has becomes
    the company's; one that somebody has shows the two to staff as likely duplicates.
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
    _wait_for_others_naming(name)
    found = named.order_by("pk").first() or save_with_free_slug(Company(name=name), name)
    return note_number(company=found, number=number) if number and not holder else found
