"""A company's organisation number: set by its owners, editors or staff; reading a sole trader's in full is logged."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from creativenorth.text.encryption import fingerprint
from creativenorth.text.orgnr import OrganisationNumber, parse
from members.actions.people import lock_company
from members.models import CompanyNumber, NumberReading
from members.permissions import may_read_number, may_remove_number, may_set_number


class NumberTaken(Exception):
    """Another company has the number."""


@transaction.atomic
def set_number(*, by, company, text):
    """Set the number written in `text`; the same number again changes nothing.

    Raises `PermissionDenied`, `NumberTaken`, and `ValidationError` with the rule that is broken (domain: B1).
    """
    number = parse(text)
    lock_company(company)
    if not may_set_number(by, company):
        raise PermissionDenied
    kept = CompanyNumber.objects.filter(company=company).first() or CompanyNumber(company=company)
    if kept.fingerprint == fingerprint(number.digits):
        return kept
    kept.assign(number)
    kept.changed_at, kept.changed_by = timezone.now(), by
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise NumberTaken from error
    return kept


def note_number(*, company, number):
    """Set the number that a guest gave as the company's, unless another company has it; returns the company that has it.

    `number` is an `OrganisationNumber` of a legal person.
    """
    new = CompanyNumber()
    new.assign(number)
    columns = {"company": company, "digits": new.digits, "changed_by": None}
    return CompanyNumber.objects.get_or_create(fingerprint=new.fingerprint, defaults=columns)[0].company


def company_with_number(number: OrganisationNumber):
    kept = CompanyNumber.objects.select_related("company").filter(fingerprint=fingerprint(number.digits)).first()
    return kept and kept.company


@transaction.atomic
def remove_number(*, by, company):
    """Delete the number; history records that it was done, without the number. Raises `PermissionDenied`."""
    lock_company(company)
    if not may_remove_number(by, company):
        raise PermissionDenied
    CompanyNumber.objects.filter(company=company).delete()


@transaction.atomic
def read_number(*, by, company):
    """The number in full; a sole trader's is logged in the same transaction. Raises `PermissionDenied`."""
    number = CompanyNumber.objects.filter(company=company).first()
    if number is None or not may_read_number(by, company):
        raise PermissionDenied
    if number.is_person:
        NumberReading.objects.create(company=company, reader=by)
    return number.in_full()
