"""Erasing a person: the account is closed at once; where a rule keeps name and address, they are erased when its day comes."""

from uuid import uuid4

import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from creativenorth import mail
from creativenorth.dates import date_text
from creativenorth.history.recording import event_model_of
from creativenorth.mail.models import Mail
from members.actions.people import end_affiliation, leave_company, lock_companies
from members.hooks import accounts
from members.hooks.personal_data import addresses_of, erasure_locks_on, keys_of, run_erasers
from members.models import Affiliation, Enquiry, EnquiryNote, Invitation, User
from members.permissions import may_erase

FAREWELL_CAUSE = "account_erased:"
ERASED_ADDRESS = "erased@erased.invalid"
ERASED_TEXT = "–"


class StaffAccount(Exception):
    """An account of staff is not erased; a colleague takes its rights away first."""


@transaction.atomic
def erase_person(*, by, person=None):
    """Erase one's own account or, as staff, another's; answers the day until which name and address stay, or None.

    Sessions, affiliations and everything that is only the person's own end at once. Raises `PermissionDenied`,
    `StaffAccount`, and `LastOwner` for one's own account; staff may leave a company without an owner.
    """
    person = person or by
    if person.pk != by.pk and not may_erase(by):
        raise PermissionDenied
    if person.is_staff:
        raise StaffAccount
    # Companies are locked before the person, as in all actions.
    lock_companies(person.affiliations.not_ended().values_list("company", flat=True))
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    for affiliation in person.affiliations.not_ended():
        (leave_company if person.pk == by.pk else end_affiliation)(by=by, affiliation=affiliation)
    locks = erasure_locks_on(person)
    until = locks[0].until if locks else None
    _queue_farewell(person, until)
    accounts.account_closed(person)
    _close(person, until)
    if until is None:
        _make_nameless(person)
    return until


def erase_due():
    """Erase name and address of those whose day has come, unless a lock has been prolonged; delete sent farewell mails."""
    for person in User.objects.filter(erase_on__lte=timezone.localdate(), erased_at=None):
        with transaction.atomic():
            locks = [lock for lock in erasure_locks_on(person) if lock.until > timezone.localdate()]
            if locks:
                User.objects.filter(pk=person.pk).update(erase_on=locks[0].until)
            else:
                _make_nameless(person)
    Mail.objects.filter(cause__startswith=FAREWELL_CAUSE, state__in=[Mail.State.SENT, Mail.State.FAILED]).delete()


def _queue_farewell(person, until):
    with translation.override(person.language):
        day = date_text(until, with_year=True) if until else ""
    mail.queue(
        to=person.email,
        event="account_erased",
        context={"until": day},
        language=person.language,
        cause=f"{FAREWELL_CAUSE}{person.pk}",
    )


def _close(person, until):
    addresses = addresses_of(person)
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    Affiliation.objects.filter(user=person).update(is_shown=False, title="")
    unanswered = Invitation.objects.filter(email__in=addresses, accepted_at=None, revoked_at=None)
    unanswered.update(revoked_at=timezone.now())
    mails_to(addresses).filter(sent_at=None).delete()
    _blank_enquiries(person, addresses)
    person.set_unusable_password()
    person.is_active, person.phone, person.erase_on = False, "", until
    person.save(update_fields=["password", "is_active", "phone", "erase_on"])


def mails_to(addresses):
    """All mails to the addresses except the farewell, which is still to be sent."""
    return Mail.objects.filter(to__in=addresses).exclude(cause__startswith=FAREWELL_CAUSE)


def _blank_enquiries(person, addresses):
    """Keep the rows, so that enquiries can be counted, without who wrote and what."""
    words = {"name": "", "email": ERASED_ADDRESS, "phone": "", "message": ERASED_TEXT, "next_step": ""}
    of_person = Q(email__in=addresses) | Q(resulting_person=person)
    theirs = list(Enquiry.objects.filter(of_person).values_list("pk", flat=True))
    EnquiryNote.objects.filter(enquiry__in=theirs).update(text=ERASED_TEXT)
    rewrite_history(EnquiryNote, Q(enquiry_id__in=theirs), text=ERASED_TEXT)
    Enquiry.objects.filter(pk__in=theirs).update(**words)
    rewrite_history(Enquiry, Q(pgh_obj_id__in=theirs), **words)


@transaction.atomic
def _make_nameless(person):
    """Remove name and address from the person's row, from every row that repeats them, and from the history of both."""
    keys, addresses = keys_of(person), addresses_of(person)
    nobody = f"{uuid4().hex}@erased.invalid"
    User.objects.filter(pk=person.pk).update(
        name="", email=nobody, phone="", erase_on=None, erased_at=timezone.now(), last_login=None
    )
    Invitation.objects.filter(email__in=addresses).update(email=nobody)
    mails_to(addresses).delete()
    run_erasers(person, addresses)
    rewrite_history(User, Q(pgh_obj_id__in=keys), name="", email=nobody, phone="")
    rewrite_history(Affiliation, Q(user_id__in=keys), title="")
    rewrite_history(Invitation, Q(email__in=addresses), email=nobody)


def rewrite_history(model, rows, **columns):
    """Change recorded history, which triggers forbid otherwise: the right to erasure asks for it (GDPR Art. 17)."""
    events = event_model_of(model)
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        events.objects.filter(rows).update(**columns)
