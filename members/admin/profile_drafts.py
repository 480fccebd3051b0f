"""What companies have changed and sent: staff read it field by field, approve it or give it back with a comment."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.history_admin import HistoryAdmin
from members.actions.profile import ReadMeanwhile, approve_profile, return_profile
from members.actions.publishing import NotPublishable, not_publishable_text
from members.changes import changes
from members.models import ProfileDraft
from members.permissions import may_review_profiles


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label=_("What should change"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The company gets it in a mail, with a link to its draft."),
        error_messages={"required": _("Say what should change, so that the company can go on.")},
    )  # fmt: skip


@admin.register(ProfileDraft)
class ProfileDraftAdmin(HistoryAdmin):
    """What waits for an answer, and nothing else: a draft that was not sent is the company's own."""

    list_display = ["company", "submitted_at", "submitted_by", "changed_at"]
    list_select_related = ["company", "submitted_by"]
    search_fields = ["company__name"]
    reasons = {"add": _("Companies write these themselves.")}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        """Staff answer; they do not write in a company's draft."""
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(submitted_at__isnull=False)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """GET: every changed field, before beside after. POST `approve` or `return` with `version` and `comment`.

        422 where the comment is missing, 409 where the company has changed more since the page was read.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        draft = self.get_object(request, object_id)
        if draft is None:
            text = gettext("It is answered, or the company has thrown its changes away.")
            self.message_user(request, text, messages.INFO)
            return HttpResponseRedirect(reverse("admin:members_profiledraft_changelist"))
        form, status = ReturnForm(), 200
        if request.method == "POST":
            form = ReturnForm(request.POST if "return" in request.POST else None)
            if "approve" in request.POST or form.is_valid():
                try:
                    return self._answer(request, draft, form)
                except ReadMeanwhile:
                    text = gettext("The company has changed more meanwhile. This is how it is now.")
                    self.message_user(request, text, messages.WARNING)
                    draft.refresh_from_db()
                    status = 409
                except NotPublishable as missing:
                    self.message_user(request, not_publishable_text(missing), messages.WARNING)
                    status = 422
            else:
                status = 422
        context = self.admin_site.each_context(request) | {
            "title": draft.company.name,
            "opts": self.opts,
            "draft": draft,
            "form": form,
            "changes": changes(draft.company, draft),
            "can_answer": draft.is_waiting and may_review_profiles(request.user),
        }
        return render(request, "admin/members/profiledraft/review.html", context, status=status)

    def _answer(self, request, draft, form):
        asked = {"by": request.user, "company": draft.company, "version": request.POST.get("version", "")}
        if "approve" in request.POST:
            is_done, said = approve_profile(**asked), gettext("Approved. The profile is public, and the company knows.")
        else:
            is_done = return_profile(**asked, comment=form.cleaned_data["comment"])
            said = gettext("Returned. The company has your comment in a mail.")
        self.message_user(
            request,
            said if is_done else gettext("It was answered already."),
            messages.SUCCESS if is_done else messages.INFO,
        )
        return HttpResponseRedirect(reverse("admin:members_profiledraft_changelist"))
