"""Reviewing a company's changed profile: read field by field, approved, or returned with a comment."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from creativenorth.staff import staff_page
from members.actions.profile.drafts import approve_profile, return_profile
from members.actions.profile.publishing import NotPublishable, not_publishable_text
from members.actions.profile.writing import ReadMeanwhile
from members.forms.review import ReturnForm
from members.models import ProfileVersion
from members.permissions import may_review_profiles, may_view
from members.profile.changes import changes


@staff_page(ProfileVersion, allowed=partial(may_view, model=ProfileVersion))
def review(request, pk):
    """GET: every changed field, before and after. POST `approve` or `return` with `version` and `comment`.

    422 where the comment is missing, 409 where the company has changed more since the page was read.
    """
    draft = ProfileVersion.objects.waiting().filter(pk=pk).first()
    if draft is None:
        messages.info(request, _("It is answered, or the company has thrown its changes away."))
        return redirect("admin:members_profileversion_changelist")
    form = ReturnForm(request.POST if "return" in request.POST else None)
    if request.method != "POST":
        return _page(request, draft, form)
    if "approve" not in request.POST and not form.is_valid():
        return _page(request, draft, form, 422)
    try:
        return _answer(request, draft, form)
    except ReadMeanwhile:
        messages.warning(request, _("The company has changed more meanwhile. This is how it is now."))
        draft.refresh_from_db()
        return _page(request, draft, form, 409)
    except NotPublishable as missing:
        messages.warning(request, not_publishable_text(missing))
        return _page(request, draft, form, 422)


def _answer(request, draft, form):
    asked = {"by": request.user, "company": draft.company, "revision": request.POST.get("version", "")}
    if "approve" in request.POST:
        is_done, message = approve_profile(**asked), _("Approved. The profile is public, and the company knows.")
    else:
        is_done = return_profile(**asked, comment=form.cleaned_data["comment"])
        message = _("Returned. The company has your comment in a mail.")
    if is_done:
        messages.success(request, message)
    else:
        messages.info(request, _("It was answered already."))
    return redirect("admin:members_profileversion_changelist")


def _page(request, draft, form, status=200):
    context = {
        "title": draft.company.name,
        "draft": draft,
        "form": form,
        "changes": changes(draft.company.profile, draft),
        "can_answer": draft.is_waiting and may_review_profiles(request.user),
    }
    return TemplateResponse(request, "admin/members/profileversion/review.html", context, status=status)
