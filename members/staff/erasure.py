"""Staff erase a person's account for them, who asks by mail, cannot sign in, or is the only owner of a company."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from creativenorth.dates import date_text
from creativenorth.staff import staff_page
from members.actions.erasure import StaffAccount, erase_person
from members.actions.people import is_last_owner
from members.hooks.personal_data import erasure_locks_on
from members.models import User
from members.permissions import may_change_account, may_erase


@staff_page(User, allowed=may_erase)
def erasure(request, pk):
    """GET: what erasing means. POST: erases; 409 for an account of staff."""
    person, status = get_object_or_404(User, pk=pk, erased_at=None), 200
    if not may_change_account(request.user, person):
        raise PermissionDenied
    affiliations = person.affiliations.not_ended().select_related("company")
    without_owner = [affiliation.company.name for affiliation in affiliations if is_last_owner(affiliation)]
    if request.method == "POST":
        try:
            return _erased(request, erase_person(by=request.user, person=person), without_owner)
        except StaffAccount:
            status = 409
    context = {
        "title": _("Erase the account"),
        "subtitle": str(person),
        "original": person,
        "locks": erasure_locks_on(person),
        "without_owner": without_owner,
    }
    return TemplateResponse(request, "admin/members/user/erasure.html", context, status=status)


def _erased(request, until, without_owner):
    day = date_text(until, with_year=True) if until else ""
    message = _("The account is closed. Name and address are erased on %s.") % day if until else _("It is erased.")
    messages.success(request, message)
    for company in without_owner:
        messages.warning(request, _("%s has no owner now: invite one.") % company)
    return redirect("admin:members_user_changelist")
