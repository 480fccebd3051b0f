"""The organisation number on the company's own pages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from creativenorth.web import limits
from creativenorth.web.limits import LimitReached
from members.actions.company_numbers import NumberTaken, read_number, remove_number, set_number
from members.forms.company_numbers import NumberForm
from members.models import CompanyNumber
from members.permissions import may_read_number, may_remove_number, may_set_number
from members.views.company_frame import address, chosen_company, frame, own_companies


@never_cache
@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def number(request):
    """GET: the number, a sole trader's masked. POST: sets it; 422 where it is invalid, taken, or one of too many tried.

    Tries are limited, since the answer tells whether a number is known here.
    """
    companies = own_companies(request)
    company = chosen_company(request, companies)
    if not may_set_number(request.user, company):
        raise PermissionDenied
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_within_limit(request, form):
        try:
            set_number(by=request.user, company=company, text=form.cleaned_data["number"])
        except NumberTaken:
            form.add_error("number", _("That number belongs to another company here. Write to us if it is yours."))
        else:
            messages.success(request, _("Saved."))
            return redirect(address("members:my_company_number", company, companies))
    return _page(request, company, companies, form, status=422 if form.errors else 200)


def _is_within_limit(request, form):
    try:
        limits.use("organisation_number", account=request.user)
    except LimitReached as reached:
        form.add_error("number", reached.text)
        return False
    return True


@never_cache
@sensitive_variables("full")
@require_POST
def number_reading(request):
    """POST: the page with the number in full; the reading is logged."""
    companies = own_companies(request)
    company = chosen_company(request, companies)
    full = read_number(by=request.user, company=company)
    return _page(request, company, companies, NumberForm(), full=full)


@never_cache
@require_POST
def number_removal(request):
    """POST: deletes the number."""
    companies = own_companies(request)
    company = chosen_company(request, companies)
    remove_number(by=request.user, company=company)
    messages.success(request, _("The number is gone."))
    return redirect(address("members:my_company_number", company, companies))


def _page(request, company, companies, form, *, full="", status=200):
    kept = CompanyNumber.objects.filter(company=company).first()
    context = frame(request, company, companies, "number") | {
        "number": kept,
        "is_wrong": form is not None and bool(form.errors),
        "full": full,
        "form": form,
        "can_read": bool(kept) and kept.is_person and may_read_number(request.user, company),
        "can_remove": bool(kept) and may_remove_number(request.user, company),
        "removal_url": address("members:my_company_number_removal", company, companies),
        "reading_url": address("members:my_company_number_reading", company, companies),
    }
    return render(request, "members/number.html", context, status=status)
