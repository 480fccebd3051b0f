"""Staff's notes about a company. All raise `PermissionDenied`; what somebody else wrote is changed by its author alone."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from creativenorth.history.recording import event_model_of
from members.models import CompanyNote
from members.permissions import may_change_note, may_write_notes


@transaction.atomic
def write_note(*, by, company, text, remind_on=None, idempotency_key):
    """Save a note for colleagues; the same form sent twice is one note."""
    if not may_write_notes(by):
        raise PermissionDenied
    return CompanyNote.make_once(idempotency_key, company=company, text=text.strip(), remind_on=remind_on, by=by)[0]


def _locked(note, by):
    note = CompanyNote.objects.select_for_update(of=("self",), no_key=True).get(pk=note.pk)
    if not may_change_note(by, note):
        raise PermissionDenied
    return note


@transaction.atomic
def change_note(*, by, note, text, remind_on):
    note = _locked(note, by)
    note.text, note.remind_on = text.strip(), remind_on
    note.save(update_fields=["text", "remind_on"])
    return note


@transaction.atomic
def finish_next_step(*, by, note):
    """The note stays; its day goes. Every colleague may say that it is done."""
    if not may_write_notes(by):
        raise PermissionDenied
    CompanyNote.objects.filter(pk=note.pk, remind_on__isnull=False).update(remind_on=None)


@transaction.atomic
def remove_note(*, by, note):
    """Delete it; the company's history keeps what it said."""
    _locked(note, by).delete()


def company_of(key):
    """The id of the company that a note is, or was, about; None where there never was one."""
    events = event_model_of(CompanyNote).objects.filter(pgh_obj_id=key).order_by("-pgh_id")
    return events.values_list("company_id", flat=True).first()
