"""A company's organisation number on a page of its own, masked; reading a sole trader's in full is logged."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from creativenorth.staff import staff_page
from members.actions.company_numbers import NumberTaken, read_number, remove_number, set_number
from members.forms.company_numbers import NumberForm
from members.models import Company, CompanyNumber
from members.permissions import may_read_number, may_remove_number, may_set_number, may_view


@staff_page(Company, allowed=partial(may_view, model=Company))
@sensitive_post_parameters("number")
def company_number(request, pk):
    """GET: the number, masked. POST `read`: shows it in full, logged. POST `remove`: deletes it.

    POST `number`: sets it; 422 where it is invalid or taken.
    """
    company = get_object_or_404(Company, pk=pk)
    if "read" in request.POST:
        return _page(request, company, NumberForm(), full=read_number(by=request.user, company=company))
    if "remove" in request.POST:
        remove_number(by=request.user, company=company)
        return _back(request, company, _("The number is gone."))
    form = NumberForm(request.POST or None)
    if form.is_valid():
        try:
            set_number(by=request.user, company=company, text=form.cleaned_data["number"])
            return _back(request, company, _("Saved."))
        except NumberTaken:
            form.add_error("number", _("Another company has that number."))
    return _page(request, company, form)


def _back(request, company, message):
    messages.success(request, message)
    return redirect("admin:members_company_number", company.pk)


def _page(request, company, form, full=""):
    kept = CompanyNumber.objects.filter(company=company).first()
    context = {
        "title": _("Organisation number"),
        "subtitle": str(company),
        "original": company,
        "number": kept,
        "full": full,
        "form": form,
        "can_read": bool(kept) and kept.is_person and may_read_number(request.user, company),
        "can_remove": bool(kept) and may_remove_number(request.user, company),
        "can_set": may_set_number(request.user, company),
    }
    return TemplateResponse(request, "admin/members/company/number.html", context, status=422 if form.errors else 200)
