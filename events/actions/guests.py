"""Sign-up of guests: a form that waits for its address to be confirmed, and what the confirmation does."""

import json
import secrets

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from creativenorth import mail
from creativenorth.dates import moment_text
from creativenorth.forms.once import deed_key
from creativenorth.text.addresses import normal_address
from creativenorth.text.orgnr import parse
from creativenorth.text.slugs import save_with_free_slug
from creativenorth.text.swedish import fold, name_key
from creativenorth.web import limits
from events.actions.cancellation import BY_LINK
from events.actions.mails.facts import occasion_of
from events.actions.own_changes import change_details
from events.actions.seats import Seats
from events.actions.signup import Attendee, Details, sign_up
from events.models import GuestSignUp, Registration
from events.permissions import is_open_to
from members.actions.company_numbers import company_with_number, note_number
from members.actions.invitations import account_with_email
from members.models import Company
from members.models.affiliation import token_digest


def form_key(idempotency_key, *, activity, email, contents):
    """Of what was sent: two people at one screen may send the same form after each other, with another name in it."""
    return deed_key(idempotency_key, activity.pk, normal_address(email), json.dumps(contents, sort_keys=True))


def is_received(key):
    return GuestSignUp.objects.filter(idempotency_key=key).exists()


@transaction.atomic
def mail_confirmation_link(*, activity, key, email, contents, language, used):
    """Keep the form and mail the link that confirms it. The same form sent again sends nothing more.

    Where only invited addresses may come, others are sent nothing; all else is alike for both, so that no stranger learns who
    is invited. `used` is what the form has used up of a limit (creativenorth.web.limits), given back once it is confirmed.
    """
    token = secrets.token_urlsafe(32)
    form, is_new = GuestSignUp.make_once(
        key,
        token_digest=token_digest(token),
        activity=activity,
        email=normal_address(email),
        language=language,
        contents=contents,
        used=used,
    )
    if is_new and (not activity.asks_who_is_invited or is_open_to(activity, Attendee(email=form.email))):
        _mail_link(form, token)
    return form


def _mail_link(form, token):
    with translation.override(form.language):
        link = settings.SITE_URL + reverse("events:guest_confirmation", args=[token])
        occasion = occasion_of(form.activity, mode=form.contents["mode"])
        context = occasion | {
            "occasions": [occasion],
            "link": link,
            "until": moment_text(form.works_until),
            "is_full": Seats(form.activity).free(form.contents["mode"]) == 0,
        }
    mail.queue(
        to=form.email,
        event="guest_confirm",
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
    """Sign the guest up, once, and return the registration that the form's link opens from now on.

    Raises what `sign_up` raises; the link can be used again then.
    """
    form = (
        GuestSignUp.objects.select_for_update(of=("self",)).select_related("activity", "registration").get(pk=form.pk)
    )
    if form.registration:
        return form.registration
    contents = form.contents
    guest = guest_of(form)
    # Companions count as people of the guest's company, for its limit and for a policy that puts new companies first.
    companions = [Attendee(name=name, company=guest.company, language=form.language) for name in contents["names"][1:]]
    was_known = guest.active_registration_in(form.activity)
    details = _details(contents)
    first, *others = sign_up(
        form.activity,
        attendees=[guest, *companions],
        mode=contents["mode"],
        idempotency_key=form.idempotency_key,
        together=True,
        details=details,
    )
    if was_known and (any(details.answers.values()) or details.diet or details.access):
        change_details(first, by=BY_LINK, details=details)
    own = [row.pk for row in (first, *others) if row.user_id is None and not row.organisation_number]
    Registration.objects.filter(pk__in=own).update(organisation_number=contents["organisation_number"])
    # The registrations have these by now; a second copy would outlive them.
    form.contents = contents | {"answers": {}, "diet": [], "access": []}
    form.registration, form.confirmed_at = first, timezone.now()
    form.save(update_fields=["contents", "registration", "confirmed_at"])
    if form.used:
        limits.give_back(form.used)
    return first


def _details(contents):
    answers = {int(question): answer for question, answer in contents["answers"].items()}
    return Details(answers=answers, diet=contents["diet"], access=contents["access"], shown_to=contents["shown_to"])


def _wait_for_others_naming(company):
    """Until their transaction ends: the second of two who name a new company finds the row of the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('events.company_of_guest'), hashtext(%s))", [fold(company)]
        )


def guest_of(form):
    """Who is to be signed up: the holder of the account with that address only where the name is theirs too."""
    name = form.contents["names"][0]
    if holder := account_of(form.email, name):
        return Attendee.for_user(holder, activity=form.activity)
    company = company_of_guest(form.contents["company_name"], form.contents["organisation_number"])
    return Attendee(name=name, email=form.email, company=company, language=form.language)


def account_of(email, name):
    """The account with that address, if its name is that one: an assistant's name is not the account holder's."""
    holder = account_with_email(email)
    return holder if holder and name_key(holder.name) == name_key(name) else None


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
