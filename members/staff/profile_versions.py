"""What a company has said of itself earlier, for staff: compared with today's, and said again at once."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from creativenorth.staff import staff_page
from creativenorth.staff.pages import READS
from members.actions.profile.earlier import go_back
from members.actions.profile.writing import ReadMeanwhile
from members.models import Company, ProfileVersion
from members.permissions import may_change_profile, may_view
from members.profile.changes import changes

_may_read = partial(may_view, model=ProfileVersion)


@staff_page(Company, allowed=_may_read, methods=READS)
def versions(request, pk):
    """GET: the earlier versions, the latest first."""
    company = get_object_or_404(Company, pk=pk)
    context = {
        "title": _("Earlier versions"),
        "original": company,
        "versions": company.versions.earlier().select_related("published_by"),
    }
    return TemplateResponse(request, "admin/members/company/versions.html", context)


@staff_page(Company, allowed=_may_read)
def version(request, pk, revision):
    """GET: what going back would change. POST `version` (what was compared with): goes back at once; 409 where it is read anew."""
    company = get_object_or_404(Company.objects.with_profile(), pk=pk)
    earlier = get_object_or_404(company.versions.filter(published_at__isnull=False), revision=revision)
    status = 200
    if request.method == "POST":
        try:
            go_back(by=request.user, company=company, version=earlier, read=request.POST.get("version", ""))
        except ReadMeanwhile:
            messages.warning(request, _("The company has changed more meanwhile. This is how it is now."))
            company.refresh_from_db()
            status = 409
        else:
            messages.success(request, _("The page says again what it said then."))
            return redirect("admin:members_company_versions", company.pk)
    context = {
        "title": _("Earlier version"),
        "original": company,
        "version": earlier,
        "changes": changes(company.profile, earlier),
        "read": company.profile.revision,
        "can_go_back": may_change_profile(request.user),
    }
    return TemplateResponse(request, "admin/members/company/version.html", context, status=status)
