"""A company's own pages about its profile: writing in the draft, seeing it as others will, and publishing it."""

from urllib.parse import urlencode

from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions.profile import (
    EditedMeanwhile,
    ReadMeanwhile,
    change_profile,
    current_values,
    discard_draft,
    publish_profile,
)
from members.changes import changes
from members.completeness import completeness, first_steps
from members.draft import company_with, lists_with
from members.forms.profile import SECTIONS, StoryForm
from members.models import Audience, Cluster
from members.permissions import may_edit_company
from members.profile import Profile
from members.views.company import company_page
from members.views.company_frame import address, chosen_company, frame, own_companies

AUDIENCES = [(Audience.PUBLIC, "alla"), (Audience.MEMBERS, "medlem")]


@never_cache
@csp_update({"frame-src": ["'self'"]})
@require_safe
def my_company(request):
    """GET: the profile of one's company (?foretag= chooses among several), to write in or, for participants, to read.

    ?del= opens that section; else the one that helps most next is open.
    """
    companies = own_companies(request)
    if not companies:
        return render(request, "members/my_company_none.html")
    company = chosen_company(request, companies)
    if not may_edit_company(request.user, company):
        return render(request, "members/my_company_read.html", frame(request, company, companies, "profile"))
    return render(request, "members/my_company.html", _page(request, company, companies))


@never_cache
@csp_update({"frame-src": ["'self'"]})
@require_POST
def section(request, key):
    """POST: writes what changed in the section into the draft; `show` renders its texts and saves nothing.

    Plain: a redirect. By htmx: the section, closed, and the state of the whole. 422 with the section as it was sent
    where something is wrong, 409 where somebody else changed the same fields meanwhile.
    """
    companies, company = _editable(request)
    if key not in SECTIONS:
        raise Http404
    values, _draft = current_values(company)
    form = SECTIONS[key](request.POST, company=company_with(company, values), values=values)
    status = 422
    if form.is_valid() and "show" in request.POST:
        return _answer(request, company, companies, form, 200, shows=True)
    if form.is_valid():
        try:
            change_profile(by=request.user, company=company, changes=form.changes(), seen=form.seen_digests())
        except EditedMeanwhile as edited:
            form.show_others(edited.others)
            status = 409
        else:
            if request.htmx:
                return _answer(request, company, companies, None, 200, saved=key)
            messages.success(request, _("Saved in the draft. Publish when you are ready."))
            return redirect(f"{address('members:my_company', company, companies)}#section-{key}")
    return _answer(request, company, companies, form, status)


@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
@require_safe
def preview(request):
    """GET: the public page as it will be with the draft; ?som=medlem as members will see it."""
    _, company = _editable(request)
    values, _draft = current_values(company)
    audience = Audience.MEMBERS if request.GET.get("som") == "medlem" else Audience.PUBLIC
    shown = Profile(company_with(company, values), audience, lists_with(values))
    views = [(kind, urlencode({"foretag": company.slug, "som": word})) for kind, word in AUDIENCES]
    context = company_page(shown) | {"can_edit": False, "audience": audience, "views": views}
    return render(request, "members/company_preview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request):
    """GET: what publishing would change, field by field. POST `version`: publishes it, or sends it for review.

    409 with the page anew where a colleague has changed the draft since it was read.
    """
    companies, company = _editable(request)
    status = 200
    if request.method == "POST":
        try:
            is_public = publish_profile(by=request.user, company=company, version=request.POST.get("version", ""))
        except ReadMeanwhile:
            messages.warning(request, _("A colleague changed something meanwhile. Look through it once more."))
            status = 409
        else:
            messages.success(
                request,
                _("Published. This is what everybody sees now.")
                if is_public
                else _("Sent. You get a mail when somebody at the cluster has read it."),
            )
            return redirect(company.url if is_public else address("members:my_company", company, companies))
    values, draft = current_values(company)
    context = frame(request, company, companies, "profile") | _state(company, values, draft)
    context |= {
        "changes": changes(company, draft) if draft else [],
        "address": address("members:my_company_publishing", company, companies),
        "discard_url": address("members:my_company_discard", company, companies),
    }
    return render(request, "members/publishing.html", context, status=status)


@never_cache
@require_POST
def discard(request):
    """POST `version`: throws the draft away."""
    companies, company = _editable(request)
    try:
        discard_draft(by=request.user, company=company, version=request.POST.get("version", ""))
    except ReadMeanwhile:
        messages.warning(request, _("A colleague changed something meanwhile. Look through it once more."))
        return redirect(address("members:my_company_publishing", company, companies))
    messages.success(request, _("The draft is gone. Your page is as it was."))
    return redirect(address("members:my_company", company, companies))


def _editable(request):
    companies = own_companies(request)
    company = chosen_company(request, companies)
    if not may_edit_company(request.user, company):
        raise PermissionDenied
    return companies, company


def _answer(request, company, companies, form, status, saved=None, shows=False):
    """The section alone for htmx, else the whole page with it open."""
    context = _page(request, company, companies, form, saved=saved, shows=shows)
    if not request.htmx:
        return render(request, "members/my_company.html", context, status=status)
    key = form.key if form else saved
    context["section"] = next(row for row in context["sections"] if row["key"] == key)
    return render(request, "members/_profile_answer.html", context, status=status)


def _page(request, company, companies, form=None, saved=None, shows=False):
    values, draft = current_values(company)
    state = _state(company, values, draft)
    open_key = (
        form.key if form else request.GET.get("del") or (state["progress"]["next"] and state["progress"]["next"].part)
    )
    written = company_with(company, values)
    sections = []
    for key, kind in SECTIONS.items():
        bound = form if form and form.key == key else kind(company=written, values=values)
        sections.append(
            {
                "key": key,
                "form": bound,
                "title": kind.title,
                "url": address("members:my_company_section", company, companies, key),
                "is_open": key == open_key and key != saved,
                "is_saved": key == saved,
                "has_changes": bool(draft) and any(name in draft.values for name in bound.names()),
                "has_text": kind is StoryForm,
                "shown": shows and bound is form,
            }
        )
    return frame(request, company, companies, "profile") | state | {
        "sections": sections,
        "preview_url": address("members:my_company_preview", company, companies),
        "publishing_url": address("members:my_company_publishing", company, companies),
    }  # fmt: skip


def _state(company, values, draft):
    """How far the profile has come and what has not been published."""
    return {
        "draft": draft,
        "version": str(draft.version) if draft else "",
        "progress": completeness(company, values, draft),
        "steps": first_steps(company, values, draft),
        "is_reviewed": Cluster.objects.filter(reviews_profiles=True).exists(),
        "may_publish": bool(draft and draft.values) or not company.published_at,
    }
