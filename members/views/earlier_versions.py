"""What one's company has said of itself earlier: looked at, compared with today's, and said again."""

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from members.actions.profile.drafts import is_reviewed
from members.actions.profile.earlier import DraftInTheWay, go_back
from members.actions.profile.publishing import TakenDown
from members.actions.profile.writing import ReadMeanwhile
from members.models import ProfileVersion
from members.permissions import may_edit_company, may_view
from members.profile.changes import changes
from members.profile.shown import Profile
from members.views.company_frame import address, editable_company, frame
from members.views.profile import audience_asked, preview_page


@never_cache
@require_safe
def versions(request):
    """GET: the earlier versions, the latest first."""
    companies, company = editable_company(request)
    rows = [
        (each, address("members:my_company_version", company, companies, each.revision))
        for each in company.versions.earlier().select_related("published_by")
    ]
    context = frame(request, company, companies, "versions") | {"rows": rows}
    return render(request, "members/versions.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def version(request, revision):
    """GET: what going back would change, field by field. POST `version` (what was compared with): goes back.

    409 where the profile has changed since it was read, has changes that are not published, or is taken down.
    """
    companies, company = editable_company(request)
    earlier = get_object_or_404(company.versions.filter(published_at__isnull=False), revision=revision)
    status = 200
    if request.method == "POST":
        try:
            is_public = go_back(by=request.user, company=company, version=earlier, read=request.POST.get("version", ""))
        except (ReadMeanwhile, DraftInTheWay, TakenDown) as hindrance:
            messages.warning(request, WHY_NOT[type(hindrance)]())
            status = 409
        else:
            return _gone_back(request, company, companies, is_public)
    company.refresh_from_db()
    context = frame(request, company, companies, "versions") | {
        "version": earlier,
        "changes": changes(company.profile, earlier),
        "read": company.profile.revision,
        "is_reviewed": is_reviewed(),
        "page_url": address("members:my_company_version_page", company, companies, revision),
    }
    return render(request, "members/version.html", context, status=status)


WHY_NOT = {
    ReadMeanwhile: lambda: _("A colleague changed something meanwhile. Look through it once more."),
    DraftInTheWay: lambda: _("You have changes that are not published. Publish them or throw them away first."),
    TakenDown: lambda: _("The cluster has taken your page down. Write to us, and we look at it together."),
}


def _gone_back(request, company, companies, is_public):
    if is_public:
        messages.success(request, _("Your page says again what it said then. What it said until now is kept here too."))
        return redirect(address("members:my_company_versions", company, companies))
    messages.success(request, _("It is your draft now. Look through it and send it."))
    return redirect(address("members:my_company_publishing", company, companies))


@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
@require_safe
def version_page(request, revision):
    """GET: the page as it looked with an earlier version; for the company's editors and staff; ?som=medlem as members see it."""
    found = get_object_or_404(ProfileVersion.objects.earlier().select_related("company"), revision=revision)
    if not (may_edit_company(request.user, found.company) or may_view(request.user, ProfileVersion)):
        raise Http404
    shown = Profile(found.company, audience_asked(request), found)
    is_staff = may_view(request.user, ProfileVersion)
    back = "admin:members_company_versions" if is_staff else "members:my_company_versions"
    back_url = reverse(back, args=[found.company_id] if is_staff else [])
    return preview_page(request, shown, request.path, back_url)
