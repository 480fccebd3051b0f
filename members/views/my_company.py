"""A company's logo."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.actions.companies import replace_logo
from members.forms.pictures import LogoForm
from members.permissions import may_edit_company
from members.views.company_frame import address, chosen_company, frame, own_companies


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def logo(request):
    """GET: the logo, to replace or take away. POST: a new one, or none with `remove`; 422 where the file is no good."""
    companies = own_companies(request)
    company = chosen_company(request, companies)
    if not may_edit_company(request.user, company):
        raise PermissionDenied
    removes = request.method == "POST" and "remove" in request.POST
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" and not removes else LogoForm()
    if removes or form.is_valid():
        replace_logo(company=company, file=None if removes else form.cleaned_data["logo"])
        messages.success(request, _("The logo is gone.") if removes else _("You have a new logo."))
        return redirect(address("members:my_company_logo", company, companies))
    context = frame(request, company, companies, "logo") | {"form": form}
    return render(request, "members/my_company_logo.html", context, status=422 if form.errors else 200)
