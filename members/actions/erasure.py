"""A person erases their account. What a rule locks is made nameless later, by itself, when the day has come."""

from uuid import uuid4

import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from creativenorth import mail
from creativenorth.dates import date_text
from creativenorth.history import event_model_of
from creativenorth.models import Mail
from members import arrivals
from members.actions.people import leave_company, lock_company
from members.models import Affiliation, Company, Enquiry, EnquiryNote, Invitation, User
from members.personal_data import erase_elsewhere, locks_on

FAREWELL = "account_erased:"
NOBODY = "erased@erased.invalid"
GONE = "–"


class StaffStay(Exception):
    """An account of staff is closed by a colleague, who also takes over what it did."""


@transaction.atomic
def erase_person(*, by):
    """Erase the account of `by`; answers the day until which name and address stay, or None where they are gone.

    Signing in, places and everything that is only the person's own end at once. Raises `LastOwner` and `StaffStay`.
    """
    if by.is_staff:
        raise StaffStay
    for company in Company.objects.with_person(by).order_by("pk"):  # companies first, as everywhere
        lock_company(company)
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    for place in person.affiliations.not_ended():
        leave_company(by=person, place=place)
    locks = locks_on(person)
    until = locks[0].until if locks else None
    _say_farewell(person, until)
    arrivals.has_left(person)
    _close(person, until)
    if until is None:
        _make_nameless(person)
    return until


def erase_due():
    """Make those nameless whose day has come; a lock that has been prolonged since counts. The last mails go too."""
    for person in User.objects.filter(erase_on__lte=timezone.localdate(), erased_at=None):
        with transaction.atomic():
            locks = [lock for lock in locks_on(person) if lock.until > timezone.localdate()]
            if locks:
                User.objects.filter(pk=person.pk).update(erase_on=locks[0].until)
            else:
                _make_nameless(person)
    Mail.objects.filter(cause__startswith=FAREWELL, sent_at__isnull=False).delete()


def _say_farewell(person, until):
    with translation.override(person.language):
        day = date_text(until, with_year=True) if until else ""
    mail.queue(
        to=person.email, template="account_erased", context={"until": day}, language=person.language,
        cause=f"{FAREWELL}{person.pk}",
    )  # fmt: skip


def _close(person, until):
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    Affiliation.objects.filter(user=person).update(is_shown=False, title="")
    Invitation.objects.filter(email__iexact=person.email, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    _forget_enquiries(person.email)
    person.set_unusable_password()
    person.is_active, person.phone, person.erase_on = False, "", until
    person.save(update_fields=["password", "is_active", "phone", "erase_on"])


def _forget_enquiries(address):
    """That somebody wrote stays, for the count; who and what goes."""
    words = {"name": "", "email": NOBODY, "phone": "", "message": GONE}
    theirs = list(Enquiry.objects.filter(email__iexact=address).values_list("pk", flat=True))
    EnquiryNote.objects.filter(enquiry__in=theirs).update(text=GONE)
    rewrite_history(EnquiryNote, Q(enquiry_id__in=theirs), text=GONE)
    Enquiry.objects.filter(pk__in=theirs).update(**words)
    rewrite_history(Enquiry, Q(pgh_obj_id__in=theirs), **words)


@transaction.atomic
def _make_nameless(person):
    """Take name and address out of the person's row, of every row that repeats them, and of the history of both."""
    keys = [person.pk, *person.merges.values_list("gone", flat=True)]  # former accounts are the person's, too
    addresses, nobody = _addresses_of(person, keys), f"{uuid4().hex}@erased.invalid"
    User.objects.filter(pk=person.pk).update(
        name="", email=nobody, phone="", erase_on=None, erased_at=timezone.now(), last_login=None
    )
    users = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=users, object_id__in=[str(key) for key in keys]).update(object_repr="")
    for address in addresses:
        _forget_address(person, address, nobody)
    rewrite_history(User, Q(pgh_obj_id__in=keys), name="", email=nobody, phone="")
    rewrite_history(Affiliation, Q(user_id__in=keys), title="")


def _addresses_of(person, keys):
    """The person's address and those of earlier days, where they are nobody else's by now."""
    told = event_model_of(User).objects.filter(pgh_obj_id__in=keys).values_list("email", flat=True)
    others = User.objects.exclude(pk=person.pk).filter(email__in=told).values_list("email", flat=True)
    return {person.email, *told} - {*others}


def _forget_address(person, address, nobody):
    of_person = Q(email__iexact=address)
    Invitation.objects.filter(of_person).update(email=nobody)
    Mail.objects.filter(to__iexact=address, sent_at__isnull=False).delete()
    _forget_enquiries(address)
    erase_elsewhere(person, address)
    rewrite_history(Invitation, of_person, email=nobody)


def rewrite_history(model, rows, **columns):
    """The one place that changes what the database has recorded: the law asks for it, and the triggers are told."""
    events = event_model_of(model)
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        events.objects.filter(rows).update(**columns)
