"""Leads: enquiries that staff enter by hand, who follows them up, and people who take part without a company.

All raise `PermissionDenied`.
"""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from creativenorth import mail
from members.actions.invitations import account_with_email
from members.actions.pipeline import locked, move
from members.models import Enquiry, User
from members.permissions import may_answer_enquiries, may_open_accounts

Stage = Enquiry.Stage


class AccountClosed(Exception):
    """The address belongs to an account that was closed; an invitation by a company opens it again."""


@transaction.atomic
def enter_lead(*, by, idempotency_key, **values):
    """Save somebody whom staff are in touch with; the same form sent twice is one lead. Who is responsible is told."""
    if not may_answer_enquiries(by):
        raise PermissionDenied
    values |= {"entered_by": by, "language": values.get("language") or "sv"}
    enquiry, is_new = Enquiry.make_once(idempotency_key, **values)
    if is_new:
        _tell_responsible(enquiry, by)
    return enquiry


@transaction.atomic
def change_lead(*, by, enquiry, **values):
    """Correct what staff have entered; what somebody wrote themselves is never changed."""
    enquiry = locked(enquiry, by)
    if enquiry.entered_by_id is None:
        raise PermissionDenied
    for name, value in values.items():
        setattr(enquiry, name, value)
    enquiry.save(update_fields=list(values))
    return enquiry


@transaction.atomic
def follow_up(*, by, enquiry, responsible, next_step, remind_on):
    """Say who does what next, and when; the start page shows it from that day. Somebody newly responsible is told."""
    enquiry = locked(enquiry, by)
    before = enquiry.responsible_id
    enquiry.responsible, enquiry.next_step, enquiry.remind_on = responsible, next_step.strip(), remind_on
    enquiry.save(update_fields=["responsible", "next_step", "remind_on"])
    if enquiry.responsible_id != before:
        _tell_responsible(enquiry, by)
    return enquiry


def _tell_responsible(enquiry, by):
    person = enquiry.responsible
    if person is None or person.pk == by.pk or not person.is_active:
        return
    mail.queue(
        to=person.email,
        event="enquiry_responsible",
        context={
            "enquiry": str(enquiry),
            "sender": str(by),
            "next_step": enquiry.next_step,
            "link": settings.SITE_URL + reverse("admin:members_enquiry_change", args=[enquiry.pk]),
        },
        language=person.language,
        cause=f"enquiry_responsible:{enquiry.pk}:{person.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
    )


@transaction.atomic
def open_account(*, by, enquiry):
    """An account for a founder or student without a company, who then signs up as themselves; they are mailed, once.

    The address counts as theirs when they have signed in by a code that goes there. Somebody who has an account keeps it.
    Raises ValueError without an address, and `AccountClosed`.
    """
    if not may_open_accounts(by):
        raise PermissionDenied
    enquiry = locked(enquiry, by)
    if enquiry.resulting_person_id:
        return enquiry.resulting_person
    if not enquiry.email:
        raise ValueError("Nobody to open an account for.")
    person = account_with_email(enquiry.email) or _new_account(enquiry)
    if not person.is_active:
        raise AccountClosed
    _tell_person(person, enquiry)
    move(enquiry, Stage.JOINED, by, resulting_person=person)
    return person


def _new_account(enquiry):
    person = User.objects.create_user(enquiry.email, name=enquiry.name, phone=enquiry.phone, language=enquiry.language)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


def _tell_person(person, enquiry):
    with translation.override(person.language):
        link = settings.SITE_URL + reverse("account_request_login_code")
        activities = settings.SITE_URL + reverse("members:home")
    mail.queue(
        to=person.email,
        event="account_opened",
        context={"link": link, "home": activities},
        language=person.language,
        cause=f"account_opened:{enquiry.pk}",
    )
