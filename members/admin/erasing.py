"""Staff erase a person's account for them: whoever asks by mail, cannot sign in, or is the only owner of a company."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creativenorth.dates import date_text
from members.actions.erasure import StaffStay, erase_person
from members.actions.people import is_last_owner
from members.models import User
from members.permissions import may_erase
from members.personal_data import locks_on


class WithErasure:
    """Mixin of the person's admin: …/erasure/."""

    change_form_template = "admin/members/user/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.erasure_view)
        return [path("<int:pk>/erasure/", view, name="members_user_erasure"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def erasure_view(self, request, pk):
        """GET: what erasing the person means. POST: erases; 409 for an account of staff."""
        person, status = get_object_or_404(User, pk=pk, erased_at=None), 200
        if not (may_erase(request.user) and self.has_change_permission(request, person)):
            raise PermissionDenied
        places = person.affiliations.not_ended().select_related("company")
        left_alone = [place.company.name for place in places if is_last_owner(place)]
        if request.method == "POST":
            try:
                until = erase_person(by=request.user, person=person)
            except StaffStay:
                status = 409
            else:
                return self._is_erased(request, until, left_alone)
        context = self.admin_site.each_context(request) | {
            "title": _("Erase the account"), "subtitle": str(person), "opts": self.opts, "original": person,
            "locks": locks_on(person), "left_alone": left_alone,
        }  # fmt: skip
        return TemplateResponse(request, "admin/members/user/erasure.html", context, status=status)

    def _is_erased(self, request, until, left_alone):
        day = date_text(until, with_year=True) if until else ""
        said = _("The account is closed. Name and address are erased on %s.") % day if until else _("It is erased.")
        messages.success(request, said)
        for company in left_alone:
            messages.warning(request, _("%s has no owner now: invite one.") % company)
        return redirect(reverse("admin:members_user_changelist"))
