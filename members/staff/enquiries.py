"""The pages of one enquiry: its stages and notes, the answer by mail, and the company it becomes.

A form with errors is answered with 422.
"""

import uuid
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from creativenorth.mail.models import PLACEHOLDERS, MailTemplate, Purpose
from creativenorth.staff.pages import READS, WRITES, staff_page
from creativenorth.text import placeholders
from creativenorth.text.numbers import whole_number
from creativenorth.text.phones import normal_phone
from creativenorth.text.swedish import folded, words
from creativenorth.web.fragments import is_fragment
from members.actions import leads, pipeline
from members.actions.invitations import TooManyInvitations
from members.forms.pipeline import AnswerForm, FollowUpForm, NoteForm, WelcomeForm
from members.models import PIPELINE_STAGES, Company, Enquiry
from members.permissions import (
    may_answer_enquiries,
    may_delete_enquiries,
    may_open_accounts,
    may_view,
    may_welcome_companies,
)

Stage = Enquiry.Stage
CLOSED_STAGES = [Stage.DECLINED, Stage.SPAM]


@staff_page(Enquiry, allowed=partial(may_view, model=Enquiry), methods=READS)
def enquiry(request, pk):
    """GET: the enquiry, its stages, notes and reminder."""
    found = Enquiry.objects.filter(pk=pk).first()
    if found is None:  # deleted spam, still linked from a mail: the admin says that it does not exist
        return admin.site.get_model_admin(Enquiry).change_view(request, str(pk))
    return _enquiry_page(request, found)


def _enquiry_page(request, enquiry, status=200, **forms):
    context = {
        "notes": enquiry.notes.select_related("by"),
        "steps": enquiry.steps.select_related("by"),
        "stages": [(stage, stage == enquiry.stage) for stage in PIPELINE_STAGES[:-1]],
        "ways_out": [(stage, stage == enquiry.stage) for stage in CLOSED_STAGES],
        "note_form": NoteForm(),
        "follow_up_form": FollowUpForm(initial=_follow_up(enquiry)),
        "can_answer": may_answer_enquiries(request.user),
        "can_welcome": may_welcome_companies(request.user),
        "can_open_account": may_open_accounts(request.user),
        "can_delete": may_delete_enquiries(request.user),
    }
    return _page(request, "enquiry", enquiry, context | forms, status)


def _follow_up(enquiry):
    return {"responsible": enquiry.responsible_id, "next_step": enquiry.next_step, "remind_on": enquiry.remind_on}


def _page(request, name, enquiry, context, status=200):
    context |= {"title": str(enquiry) or _("Enquiry"), "enquiry": enquiry}
    return TemplateResponse(request, f"admin/members/enquiry/{name}.html", context, status=status)


def _back(request, enquiry, message):
    messages.success(request, message)
    return redirect("admin:members_enquiry_change", enquiry.pk)


@staff_page(Enquiry, allowed=may_answer_enquiries, methods=WRITES)
def stage(request, pk):
    """POST `to`: moves to that stage. 400 for an unknown one, and for `joined`."""
    enquiry, to = get_object_or_404(Enquiry, pk=pk), request.POST.get("to")
    if to not in Stage.values or to == Stage.JOINED:
        return HttpResponseBadRequest(_("There is no such stage."))
    try:
        enquiry = pipeline.move_enquiry(by=request.user, enquiry=enquiry, to=to)
    except pipeline.AlreadyIn:
        return _back(request, enquiry, _("The company is a member already."))
    return _back(request, enquiry, _("The enquiry is now: %(stage)s.") % {"stage": enquiry.get_stage_display()})


@staff_page(Enquiry, allowed=may_answer_enquiries, methods=WRITES)
def notes(request, pk):
    """POST: saves a note."""
    enquiry, form = get_object_or_404(Enquiry, pk=pk), NoteForm(request.POST)
    if not form.is_valid():
        return _enquiry_page(request, enquiry, 422, note_form=form)
    pipeline.note_enquiry(by=request.user, enquiry=enquiry, **form.cleaned_data)
    return _back(request, enquiry, _("The note is saved."))


@staff_page(Enquiry, allowed=may_answer_enquiries, methods=WRITES)
def follow_up(request, pk):
    """POST `responsible`, `next_step`, `remind_on`: the start page shows it from that day. 409 where a colleague wrote too."""
    enquiry = get_object_or_404(Enquiry, pk=pk)
    form = FollowUpForm(request.POST, initial=_follow_up(enquiry))
    if not form.is_valid():
        return _enquiry_page(request, enquiry, form.error_status, follow_up_form=form)
    leads.follow_up(by=request.user, enquiry=enquiry, **form.cleaned_data)
    has_day = form.cleaned_data["remind_on"] is not None
    return _back(request, enquiry, _("Saved. The start page reminds you.") if has_day else _("Saved."))


@staff_page(Enquiry, allowed=may_answer_enquiries)
def answer(request, pk):
    """GET ?template=: the mail to write. POST `preview`: how it will read. POST: sends it, once."""
    enquiry = get_object_or_404(Enquiry, pk=pk)
    form = AnswerForm(request.POST) if request.method == "POST" else _answer_form(request, enquiry)
    is_valid = form.is_valid()
    if is_valid and "preview" not in request.POST and enquiry.email:
        pipeline.answer_enquiry(by=request.user, enquiry=enquiry, **form.cleaned_data)
        return _back(request, enquiry, _("The answer is on its way to %s.") % enquiry.email)
    values = pipeline.placeholders_of(enquiry, request.user)
    data = form.data or form.initial
    context = {
        "form": form,
        "templates": MailTemplate.objects.filter(purpose=Purpose.ENQUIRY),
        "placeholders": PLACEHOLDERS[Purpose.ENQUIRY].items(),
        "preview_subject": placeholders.marked(data.get("subject", ""), values),
        "preview_text": placeholders.marked(data.get("text", ""), values),
    }
    if is_fragment(request):
        return render(request, "admin/_mail_preview.html", context)
    return _page(request, "answer", enquiry, context, 422 if form.is_bound and not is_valid else 200)


def _answer_form(request, enquiry):
    """Filled in from the chosen template, in the enquiry's language."""
    chosen, first = (
        whole_number(request.GET.get("template", "")),
        {"idempotency_key": uuid.uuid4(), "subject": "", "text": ""},
    )
    template = MailTemplate.objects.filter(purpose=Purpose.ENQUIRY, pk=chosen).first() if chosen else None
    if template:
        with override(enquiry.language):
            first |= {"subject": str(template.subject), "text": str(template.text)}
    return AnswerForm(initial=first)


@staff_page(Enquiry, allowed=may_welcome_companies)
def company(request, pk):
    """GET: the company to make, filled in. POST: makes company, membership and invitation, once."""
    enquiry = get_object_or_404(Enquiry, pk=pk)
    if enquiry.resulting_company:
        return _welcomed(request, enquiry.resulting_company)
    wanted = {"name": enquiry.company_name or enquiry.name, "email": enquiry.email, "language": enquiry.language}
    wanted["phone"] = normal_phone(enquiry.phone)
    form = WelcomeForm(request.POST or None, initial=wanted, similar=_similar(enquiry))
    if form.is_valid():
        try:
            welcomed = pipeline.welcome_company(by=request.user, enquiry=enquiry, **form.cleaned_data)
            return _welcomed(request, welcomed)
        except ValidationError as error:
            form.add_error(None, error)
        except TooManyInvitations as reached:
            form.add_error("email", str(reached))
    return _page(request, "welcome", enquiry, {"form": form}, 422 if form.is_bound else 200)


def _welcomed(request, company):
    message = _("%(name)s is a member, and the owner’s invitation is on its way.") % {"name": company.name}
    messages.success(request, message)
    return redirect("admin:members_company_card", company.pk)


def _similar(enquiry):
    """Companies whose name has the first word of the enquiry's company, or that have its address."""
    first = words(enquiry.company_name)[:1]
    found = Q(called__contains=first[0]) if first else Q(pk=None)
    if enquiry.email:
        found |= Q(public_version__email=enquiry.email)
    return Company.objects.annotate(called=folded("name")).filter(found).order_by("sort_key")
