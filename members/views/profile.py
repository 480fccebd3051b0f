"""A company's pages about its profile: editing the draft, preview, and publishing."""

from contextlib import suppress
from urllib.parse import urlencode

from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creativenorth.forms.confirmation import Question, ask, is_confirmed
from creativenorth.web.fragments import is_fragment
from members.actions.profile.drafts import VISIBILITY, change_profile, discard_draft, publish_profile
from members.actions.profile.publishing import NotPublishable, TakenDown, not_publishable_text
from members.actions.profile.writing import EditedMeanwhile, ReadMeanwhile
from members.forms.profile import SECTIONS
from members.models import Company, ProfileAudience
from members.profile.changes import changes
from members.profile.completeness import examples_removed_by_publishing, missing_labels
from members.profile.facts import facts
from members.profile.shown import previewed
from members.views.company import company_page
from members.views.company_frame import address, can_edit, chosen_company, editable_company, frame, own_companies
from members.views.profile_page import answer, page, profile_state

AUDIENCES = [(ProfileAudience.PUBLIC, "alla"), (ProfileAudience.MEMBERS, "medlem")]


@never_cache
@csp_update({"frame-src": ["'self'"]})
@require_safe
def my_company(request):
    """GET: the profile of one's company (?foretag= chooses among several), to edit or, for participants, to read.

    ?del= opens that section, and is what htmx asks for once somebody opens it; without it the best next one is open.
    """
    companies = own_companies(request)
    if not companies:
        return render(request, "members/my_company_none.html")
    company = chosen_company(request, companies)
    if can_edit(company):
        context = page(request, company, companies)
        if is_fragment(request) and request.GET.get("del") in SECTIONS:
            context["section"] = next(each for each in context["sections"] if each["key"] == request.GET["del"])
            return render(request, "members/_profile_section_body.html", context)
        return render(request, "members/my_company.html", context)
    draft = company.draft
    version = draft or company.profile
    context = frame(request, company, companies, "profile") | {
        "facts": facts(version, company.visibility),
        "missing_labels": missing_labels(version),
        "draft": draft,
    }
    return render(request, "members/my_company_read.html", context)


@never_cache
@csp_update({"frame-src": ["'self'"]})
@require_POST
def section(request, key):
    """POST: writes what changed in the section into the draft, and who sees it at once; `show` renders its texts and saves nothing.

    Plain: a redirect to it. By htmx: the section, which stays open, and the state of the profile. 422 with the section as it was sent where
    it has errors, 409 where somebody else changed the same fields meanwhile.
    """
    companies, company = editable_company(request)
    if key not in SECTIONS:
        raise Http404
    form = SECTIONS[key](request.POST, request.FILES, company=company, version=company.draft or company.profile)
    if form.is_valid() and "show" in request.POST:
        return answer(request, company, companies, form=form, key=key, shows=True)
    status = save_form(form, change_profile, by=request.user, company=company)
    if status != 200:
        return answer(request, company, companies, form=form, key=key, status=status)
    said = saved_text(form.changes())
    if is_fragment(request):
        return answer(request, company, companies, key=key, saved_text=said)
    messages.success(request, said)
    page = address("members:my_company", company, companies)
    return redirect(f"{page}{'&' if '?' in page else '?'}{urlencode({'sparad': key})}#section-{key}")


def saved_text(changes):
    """What a form answers: texts wait in the draft, who sees them holds at once."""
    kinds = {name.startswith(VISIBILITY) for name in changes}
    if kinds == {True}:
        return _("Saved. It applies at once.")
    if kinds == {True, False}:
        return _("Saved. Who sees it applies at once; the texts are in the draft until you publish.")
    return _("Saved in the draft. Publish when you are ready.")


def save_form(form, action, **who):
    """Let the action write what changed; returns the status: 200, or 422 or 409 with errors in the form.

    A valid picture is kept in the draft also where other fields have errors.
    """
    try:
        if form.is_valid():
            action(**who, changes=form.changes(), read_digests=form.submitted_digests())
            return 200
        _keep_pictures(form, action, who)
    except EditedMeanwhile as edited:
        form.show_others(edited.others)
        with suppress(EditedMeanwhile):
            _keep_pictures(form, action, who, but=edited.others)
        return 409
    return 422


def _keep_pictures(form, action, who, but=()):
    chosen = {name: file for name, file in form.chosen_pictures().items() if name not in but}
    if chosen:
        row = action(**who, changes=chosen, read_digests=form.submitted_digests())
        form.take_as_read({name: row.value(name) for name in chosen})


@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request):
    """GET: the public page with the draft's changes; ?som=medlem as members see it.

    POST with the fields of section ?del=: with the valid ones among them too. Nothing is saved.
    """
    companies, company = editable_company(request)
    version, written = company.draft or company.profile, {}
    if request.method == "POST" and request.GET.get("del") in SECTIONS:
        form = SECTIONS[request.GET["del"]](request.POST, company=company, version=version)
        written = form.written_so_far()
    shown = previewed(company, audience_asked(request), version, written)
    url = address("members:my_company_preview", company, companies).partition("?")[0]
    return preview_page(request, shown, url, address("members:my_company", company, companies))


def preview_page(request, shown, url, back_url):
    """The public page of what is shown; beside the form, in a frame, it needs no link back."""
    views = [(kind, f"{url}?{urlencode({'foretag': shown.slug, 'som': word})}") for kind, word in AUDIENCES]
    is_framed = request.headers.get("Sec-Fetch-Dest") in ("iframe", "empty")
    context = company_page(shown) | {"can_edit": False, "admin_url": "", "audience": shown.audience, "views": views}
    context |= {"back_url": "" if is_framed else back_url}
    return render(request, "members/company_preview.html", context)


def audience_asked(request):
    return ProfileAudience.MEMBERS if request.GET.get("som") == "medlem" else ProfileAudience.PUBLIC


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request):
    """GET: what publishing would change, field by field. POST `version`: publishes it, or sends it for review.

    409 where a colleague has changed the draft since it was read or the page is taken down, 422 where a picture is not
    described.
    """
    companies, company = editable_company(request)
    status = 200
    if request.method == "POST":
        try:
            is_public = publish_profile(by=request.user, company=company, revision=request.POST.get("version", ""))
        except ReadMeanwhile:
            messages.warning(request, _("A colleague changed something meanwhile. Look through it once more."))
            status = 409
        except TakenDown:
            messages.warning(
                request, _("The cluster has taken your page down. Write to us, and we look at it together.")
            )
            status = 409
        except NotPublishable as missing:
            messages.warning(request, not_publishable_text(missing))
            status = 422
        else:
            messages.success(request, _published_text(company, is_public))
            return redirect(company.url if is_public else address("members:my_company", company, companies))
    company.refresh_from_db()
    draft = company.draft
    context = frame(request, company, companies, "profile") | profile_state(company, companies, draft)
    context |= {
        "changes": changes(company.profile, draft) if draft else [],
        "vanishing": examples_removed_by_publishing(company.profile, draft or company.profile),
        "discard_url": address("members:my_company_discard", company, companies),
        "discard_question": _discard_question(),
    }
    return render(request, "members/publishing.html", context, status=status)


def _published_text(company, is_public):
    if not is_public:
        return _("Sent. You get a mail when somebody at the cluster has read it.")
    if Company.objects.public().filter(pk=company.pk).exists():
        return _("Published. This is what everybody sees now.")
    return _("Ready. Only you and your colleagues see it until the cluster has entered your membership.")


def _discard_question():
    return Question(
        _("Throw the draft away?"),
        _("All changes that are not published go for good, also those that your colleagues have made."),
        _("Throw the draft away"),
        _("No, keep the draft"),
    )


@never_cache
@require_POST
def discard(request):
    """POST `version`: deletes the draft; asks first, unless confirmed."""
    companies, company = editable_company(request)
    if not is_confirmed(request):
        return ask(request, _discard_question(), back_url=address("members:my_company_publishing", company, companies))
    try:
        discard_draft(by=request.user, company=company, revision=request.POST.get("version", ""))
    except ReadMeanwhile:
        messages.warning(request, _("A colleague changed something meanwhile. Look through it once more."))
        return redirect(address("members:my_company_publishing", company, companies))
    messages.success(request, _("The draft is gone. Your page is as it was."))
    return redirect(address("members:my_company", company, companies))
