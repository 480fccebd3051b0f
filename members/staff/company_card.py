"""A company's card, which staff open when somebody calls: notes, contacts, people, how it came in, what it takes part in."""

from functools import partial

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from creativenorth.staff.pages import READS, WRITES, staff_page
from members.actions import company_notes
from members.forms.pipeline import CompanyNoteForm, OwnNoteForm
from members.hooks.company_card import sections_of
from members.models import Company, CompanyNote
from members.permissions import may_change_note, may_view, may_write_notes

MOST_NOTES = 100


@staff_page(Company, allowed=partial(may_view, model=Company), methods=READS)
def card(request, pk):
    """GET: everything in a fixed number of queries, whatever the company's size."""
    return _card(request, _company(pk))


def _company(pk):
    return get_object_or_404(Company.objects.select_related("number", "public_version"), pk=pk)


def _card(request, company, status=200, note_form=None, edited=None):
    """`edited` is the note that `note_form` changes; without it the form writes a new one."""
    memberships, from_enquiries = list(company.memberships.all()), _enquiries(company)
    notes = _notes(company, request.user, note_form, edited) + [row for row in from_enquiries if row.text]
    notes.sort(key=lambda note: note.written_at, reverse=True)
    context = {
        "title": company.name,
        "is_wrong": status != 200,
        "company": company,
        "profile": company.profile,
        "membership": next((one for one in memberships if one.is_current), None),
        "memberships": memberships,
        "people": _people(company),
        "invitations": company.invitations.open().select_related("invited_by").order_by("expires_at"),
        "enquiries": list({row.pk: row for row in from_enquiries}.values()),
        "notes": notes,
        "next_steps": _next_steps(notes),
        "note_form": note_form if note_form and not edited else CompanyNoteForm(),
        "can_write": may_write_notes(request.user),
        "sections": sections_of(company, request.user),
    }
    return TemplateResponse(request, "admin/members/company/card.html", context, status=status)


def _people(company):
    """Today's, owners first, and how many have been there."""
    rank = {"owner": 0, "editor": 1, "participant": 2}
    everybody = list(company.affiliations.select_related("user"))
    current = [affiliation for affiliation in everybody if not affiliation.has_ended]
    return {
        "current": sorted(current, key=lambda one: (rank[one.role], str(one.user))),
        "former": len(everybody) - len(current),
    }


def _enquiries(company):
    """The enquiries it came from, each once for every note about it, or once without; with the note's columns."""
    note = {"text": F("notes__text"), "written_at": F("notes__written_at"), "by": F("notes__by__name")}
    rows = company.enquiries.defer("message").annotate(**note, enquiry_id=F("pk"))
    return list(rows.order_by("-created_at", "pk")[:MOST_NOTES])


def _notes(company, user, note_form, edited):
    """One's own have a form to change them."""
    notes = list(company.notes.select_related("by")[:MOST_NOTES])
    for note in notes:
        note.form = _form(note, note_form, edited) if may_change_note(user, note) else None
        note.is_open = edited is not None and note.pk == edited.pk
    return notes


def _next_steps(notes):
    due = (note for note in notes if isinstance(note, CompanyNote) and note.remind_on)
    return sorted(due, key=lambda note: note.remind_on)


def _form(note, note_form, edited):
    if edited is not None and note.pk == edited.pk:
        return note_form
    return _own_form(note)


def _own_form(note, data=None):
    return OwnNoteForm(data, auto_id=f"id_{note.pk}_%s", initial={"text": note.text, "remind_on": note.remind_on})


def _back(request, company, message):
    messages.success(request, message)
    return redirect("admin:members_company_card", company.pk)


@staff_page(Company, allowed=may_write_notes, methods=WRITES)
def notes(request, pk):
    """POST `text`, `remind_on`: saves a note; 422 with the card where it says nothing."""
    company, form = _company(pk), CompanyNoteForm(request.POST)
    if not form.is_valid():
        return _card(request, company, 422, form)
    note = company_notes.write_note(by=request.user, company=company, **form.cleaned_data)
    return _back(request, company, _("You will be reminded.") if note.remind_on else _("The note is saved."))


@staff_page(Company, allowed=may_write_notes, methods=WRITES)
def note(request, pk):
    """POST `text`, `remind_on`: changes one's own note; 422 with the card where it says nothing, 409 where it is another by now."""
    found = get_object_or_404(CompanyNote, pk=pk)
    company, form = _company(found.company_id), _own_form(found, request.POST)
    if not form.is_valid():
        return _card(request, company, form.error_status, form, found)
    values = {name: form.cleaned_data[name] for name in ("text", "remind_on")}
    company_notes.change_note(by=request.user, note=found, **values)
    return _back(request, company, _("Saved."))


@staff_page(Company, allowed=may_write_notes, methods=WRITES)
def note_step(request, pk):
    """POST: the next step is taken; again changes nothing."""
    found = get_object_or_404(CompanyNote, pk=pk)
    company_notes.finish_next_step(by=request.user, note=found)
    return _back(request, found.company, _("Done. The note stays."))


@staff_page(Company, allowed=may_write_notes, methods=WRITES)
def note_removal(request, pk):
    """POST: deletes one's own note; again changes nothing."""
    if found := CompanyNote.objects.filter(pk=pk).first():
        company_notes.remove_note(by=request.user, note=found)
    company = _company(company_notes.company_of(pk))
    return _back(request, company, _("The note is gone. The history keeps it."))
