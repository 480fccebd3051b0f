"""Enquiries that staff enter by hand, and the account of somebody without a company. A form with errors is answered with 422."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from creativenorth.staff.pages import WRITES, staff_page
from members.actions import leads
from members.forms.pipeline import FollowUpForm, LeadForm, NewLeadForm
from members.models import Enquiry
from members.permissions import may_answer_enquiries, may_open_accounts


@staff_page(Enquiry, allowed=may_answer_enquiries)
def new_lead(request):
    """GET: the form, oneself responsible. POST: saves the lead, once."""
    form = NewLeadForm(request.POST or None, initial={"responsible": request.user.pk})
    if form.is_valid():
        follow_up = {name: form.cleaned_data[name] for name in FollowUpForm.base_fields}
        key = form.cleaned_data["idempotency_key"]
        enquiry = leads.enter_lead(by=request.user, idempotency_key=key, **form.values(), **follow_up)
        return _to_enquiry(request, enquiry, _("The lead is saved."))
    return _page(request, form, _("New lead"))


@staff_page(Enquiry, allowed=may_answer_enquiries)
def lead(request, pk):
    """GET: what staff have entered, to correct. POST: saves it. 403 for what somebody wrote themselves."""
    enquiry = get_object_or_404(Enquiry, pk=pk)
    if enquiry.entered_by_id is None:
        raise PermissionDenied
    form = LeadForm(request.POST or None, instance=enquiry)
    if form.is_valid():
        leads.change_lead(by=request.user, enquiry=enquiry, **form.values())
        return _to_enquiry(request, enquiry, _("Saved."))
    return _page(request, form, str(enquiry), enquiry)


@staff_page(Enquiry, allowed=may_open_accounts, methods=WRITES)
def account(request, pk):
    """POST: opens an account for the person, who is mailed; again changes nothing."""
    enquiry = get_object_or_404(Enquiry, pk=pk)
    if not enquiry.email:
        messages.warning(request, _("An account needs an address: correct the lead first."))
        return redirect("admin:members_enquiry_change", enquiry.pk)
    try:
        person = leads.open_account(by=request.user, enquiry=enquiry)
    except leads.AccountClosed:
        messages.warning(
            request, _("That address has an account that was closed. Open it again among the people first.")
        )
        return redirect("admin:members_enquiry_change", enquiry.pk)
    text = _("%(name)s can sign in and sign up to activities, and has a mail that says how.")
    return _to_enquiry(request, enquiry, text % {"name": person})


def _to_enquiry(request, enquiry, message):
    messages.success(request, message)
    return redirect("admin:members_enquiry_change", enquiry.pk)


def _page(request, form, title, enquiry=None):
    context = {"form": form, "title": title, "enquiry": enquiry}
    status = form.error_status if form.is_bound else 200
    return TemplateResponse(request, "admin/members/enquiry/lead.html", context, status=status)
