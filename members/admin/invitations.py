"""Invitations that staff send on a company's behalf, by the same action as the company's own."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from creativenorth.history.admin import HistoryAdmin
from creativenorth.staff.filters import HappenedFilter
from creativenorth.web import limits
from creativenorth.web.limits import LimitReached
from members.actions.invitations import TooManyInvitations, invite, require_invitations_left, withdraw_invitation
from members.models import Invitation

INVITE_FIELDS = ("company", "email", "role", "target_group", "language")
OUTCOME_FIELDS = ("invited_by", "created_at", "expires_at", "accepted_at", "accepted_by", "revoked_at")


def send(invitation, by):
    return invite(by=by, **{name: getattr(invitation, name) for name in INVITE_FIELDS})


class InvitationForm(forms.ModelForm):
    """Checks the limits of the day; the counts are locked until the invitation is saved."""

    by = None

    def clean(self):
        super().clean()
        if company := self.cleaned_data.get("company"):
            try:
                require_invitations_left(by=self.by, company=company)
            except TooManyInvitations as reached:
                self.add_error("company", str(reached))
        if email := self.cleaned_data.get("email"):
            try:
                limits.give_back(limits.use("invitation", address=email))
            except LimitReached as reached:
                self.add_error("email", reached.text)
        return self.cleaned_data


@admin.register(Invitation)
class InvitationAdmin(HistoryAdmin):
    """Adding an invitation mails its link. A sent one is not changed: it is sent anew, or withdrawn."""

    form = InvitationForm
    list_display = ["email", "company", "role", "invited_by", "created_at", "state"]
    list_filter = [("accepted_at", HappenedFilter), ("revoked_at", HappenedFilter), "role"]
    list_select_related = ["company", "invited_by"]
    search_fields = ["email__contains", "company__name"]
    autocomplete_fields = ["company"]
    actions = ["send_anew", "withdraw"]
    reasons = {
        "change": _("A link once sent is not changed: send it anew, or withdraw it."),
        "delete": _("An invitation is withdrawn instead, so that it can be seen that it was sent."),
    }
    fields = [*INVITE_FIELDS, *OUTCOME_FIELDS]
    readonly_fields = OUTCOME_FIELDS

    def get_fields(self, request, obj=None):
        return self.fields if obj else INVITE_FIELDS

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        form.by = request.user
        return form

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_send_permission(self, request):
        return self.has_add_permission(request)

    def save_model(self, request, obj, form, change):
        sent = send(obj, request.user)
        obj.pk, obj.token_digest = sent.pk, sent.token_digest

    @admin.display(description=_("state"))
    def state(self, invitation):
        if invitation.accepted_at:
            return pgettext_lazy("invitation", "accepted")
        if invitation.revoked_at:
            return pgettext_lazy("invitation", "withdrawn")
        if invitation.expires_at <= timezone.now():
            return pgettext_lazy("invitation", "expired")
        return pgettext_lazy("invitation", "waiting for an answer")

    @admin.action(description=pgettext_lazy("invitation", "Send anew, with a new link"), permissions=["send"])
    def send_anew(self, request, queryset):
        waiting = list(queryset.filter(accepted_at=None, revoked_at=None).select_related("company"))
        left = [invitation for invitation in waiting if not self._is_sent(invitation, request.user)]
        if sent := len(waiting) - len(left):
            text = ngettext("%d invitation is on its way.", "%d invitations are on their way.", sent)
            self.message_user(request, text % sent, messages.SUCCESS)
        if left:
            text = _("No more invitations can be sent today to these: %s.")
            self.message_user(request, text % ", ".join(invitation.email for invitation in left), messages.WARNING)

    def _is_sent(self, invitation, by):
        try:
            send(invitation, by)
        except TooManyInvitations:
            return False
        return True

    @admin.action(description=pgettext_lazy("invitation", "Withdraw"), permissions=["send"])
    def withdraw(self, request, queryset):
        count = sum(withdraw_invitation(by=request.user, invitation=one) for one in queryset.select_related("company"))
        text = ngettext("%d invitation is withdrawn.", "%d invitations are withdrawn.", count)
        self.message_user(request, text % count, messages.SUCCESS)
