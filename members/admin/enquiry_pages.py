"""The pages of one enquiry: what was written and how it goes on, the answer by mail, and the company it becomes."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_POST

from creativenorth import placeholders
from creativenorth.models import PLACEHOLDERS, MailTemplate, Purpose
from creativenorth.swedish import folded, words
from members.actions import pipeline
from members.actions.invitations import TooManyInvitations
from members.forms.pipeline import AnswerForm, NoteForm, ReminderForm, WelcomeForm
from members.models import WAY_IN, Company, Enquiry
from members.permissions import may_answer_enquiries, may_welcome_companies

Stage = Enquiry.Stage
OUT = [Stage.DECLINED, Stage.SPAM]


class EnquiryPages:
    """Views of an enquiry's admin; each asks for the permission itself. What is wrong in a form comes back with 422."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """GET: the enquiry, its stages, notes and reminder."""
        enquiry = self.get_object(request, object_id)
        if enquiry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, enquiry):
            raise PermissionDenied
        return self._page(request, enquiry)

    def _page(self, request, enquiry, status=200, **forms):
        can_answer = may_answer_enquiries(request.user)
        context = {
            "notes": enquiry.notes.select_related("by"),
            "steps": enquiry.steps.select_related("by"),
            "stages": [(stage, stage == enquiry.stage) for stage in WAY_IN[:-1]],
            "ways_out": [(stage, stage == enquiry.stage) for stage in OUT],
            "note_form": NoteForm(),
            "reminder_form": ReminderForm(initial={"on": enquiry.remind_on}),
            "can_answer": can_answer,
            "can_welcome": may_welcome_companies(request.user),
            "can_delete": self.has_delete_permission(request, enquiry),
        }
        return self._render(request, "enquiry", enquiry, context | forms, status)

    def _render(self, request, name, enquiry, context, status=200):
        frame = self.admin_site.each_context(request) | {
            "title": str(enquiry) or gettext("Enquiry"), "subtitle": None, "opts": self.opts, "enquiry": enquiry,
        }  # fmt: skip
        return render(request, f"admin/members/enquiry/{name}.html", frame | context, status=status)

    def _enquiry(self, request, pk):
        enquiry = get_object_or_404(Enquiry, pk=pk)
        if not may_answer_enquiries(request.user):
            raise PermissionDenied
        return enquiry

    def _back(self, request, enquiry, said):
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:members_enquiry_change", args=[enquiry.pk]))

    @method_decorator(require_POST)
    def stage_view(self, request, pk):
        """POST `to`: another stage. 400 for one that there is not, or that is reached by another way."""
        enquiry, to = self._enquiry(request, pk), request.POST.get("to")
        if to not in Stage.values or to == Stage.JOINED:
            return HttpResponseBadRequest(gettext("There is no such stage."))
        try:
            enquiry = pipeline.move_enquiry(by=request.user, enquiry=enquiry, to=to)
        except pipeline.AlreadyIn:
            return self._back(request, enquiry, gettext("The company is a member already."))
        said = gettext("The enquiry is now: %(stage)s.") % {"stage": enquiry.get_stage_display()}
        return self._back(request, enquiry, said)

    @method_decorator(require_POST)
    def notes_view(self, request, pk):
        """POST: keep a note."""
        enquiry, form = self._enquiry(request, pk), NoteForm(request.POST)
        if not form.is_valid():
            return self._page(request, enquiry, 422, note_form=form)
        pipeline.note_enquiry(by=request.user, enquiry=enquiry, **form.cleaned_data)
        return self._back(request, enquiry, gettext("The note is kept."))

    @method_decorator(require_POST)
    def reminder_view(self, request, pk):
        """POST `on`: from when the start page tells of it; empty, no reminder."""
        enquiry, form = self._enquiry(request, pk), ReminderForm(request.POST)
        if not form.is_valid():
            return self._page(request, enquiry, 422, reminder_form=form)
        pipeline.remind_of_enquiry(by=request.user, enquiry=enquiry, on=form.cleaned_data["on"])
        done = gettext("You will be reminded.") if form.cleaned_data["on"] else gettext("The reminder is gone.")
        return self._back(request, enquiry, done)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def answer_view(self, request, pk):
        """GET ?template=: the mail to write. POST `preview`: how it will read; POST: sent, once."""
        enquiry = self._enquiry(request, pk)
        form = AnswerForm(request.POST) if request.method == "POST" else self._answer_form(request, enquiry)
        is_valid = form.is_valid()
        if is_valid and "preview" not in request.POST and enquiry.email:
            pipeline.answer_enquiry(by=request.user, enquiry=enquiry, **form.cleaned_data)
            return self._back(request, enquiry, gettext("The answer is on its way to %s.") % enquiry.email)
        values = pipeline.placeholders_of(enquiry, request.user)
        data = form.data or form.initial
        context = {
            "form": form,
            "templates": MailTemplate.objects.filter(purpose=Purpose.ENQUIRY),
            "placeholders": PLACEHOLDERS[Purpose.ENQUIRY].items(),
            "preview_subject": placeholders.marked(data.get("subject", ""), values),
            "preview_text": placeholders.marked(data.get("text", ""), values),
        }
        if request.htmx:
            return render(request, "admin/_mail_preview.html", context)
        return self._render(request, "answer", enquiry, context, 422 if form.is_bound and not is_valid else 200)

    def _answer_form(self, request, enquiry):
        chosen = request.GET.get("template", "")
        template = MailTemplate.objects.filter(purpose=Purpose.ENQUIRY, pk=chosen).first() if chosen.isdigit() else None
        if template is None:
            return AnswerForm(initial={"nonce": uuid.uuid4(), "subject": "", "text": ""})
        with override(enquiry.language):
            return AnswerForm(
                initial={"nonce": uuid.uuid4(), "subject": str(template.subject), "text": str(template.text)}
            )

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def company_view(self, request, pk):
        """GET: what the enquiry becomes, filled in. POST: company, membership and invitation, once."""
        enquiry = self._enquiry(request, pk)
        if not may_welcome_companies(request.user):
            raise PermissionDenied
        if enquiry.became:
            return self._to_company(request, enquiry.became)
        wanted = {"name": enquiry.company_name or enquiry.name, "email": enquiry.email, "language": enquiry.language}
        form = WelcomeForm(request.POST or None, initial=wanted, similar=_similar(enquiry))
        if request.method == "POST" and form.is_valid():
            try:
                company = pipeline.welcome_company(by=request.user, enquiry=enquiry, **form.cleaned_data)
                return self._to_company(request, company)
            except ValidationError as error:
                form.add_error(None, error)
            except TooManyInvitations:
                form.add_error("email", gettext("The company has had all the invitations that a day allows."))
        return self._render(request, "welcome", enquiry, {"form": form}, 422 if form.is_bound else 200)

    def _to_company(self, request, company):
        said = gettext("%(name)s is a member, and the owner’s invitation is on its way.") % {"name": company.name}
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:members_company_change", args=[company.pk]))


def _similar(enquiry):
    """Companies here whose name has the first word of the enquiry's, or that have its address."""
    first = words(enquiry.company_name)[:1]
    found = Q(called__contains=first[0]) if first else Q(pk=None)
    if enquiry.email:
        found |= Q(email__iexact=enquiry.email)
    return Company.objects.annotate(called=folded("name")).filter(found).order_by("sort_key")
