"""The outbox and the mail templates in the admin."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from creativenorth.history.admin import HistoryAdmin
from creativenorth.mail import delivery
from creativenorth.mail.models import PLACEHOLDERS, Mail, MailTemplate
from creativenorth.mail.pages import may_send


@admin.register(Mail)
class MailAdmin(HistoryAdmin):
    """Read-only; failed mail can be sent again. Mail that signs somebody in is not shown."""

    list_display = ["created_at", "to", "about", "state", "attempts", "reason"]
    list_filter = ["state", "created_at"]
    search_fields = ["to__contains"]
    show_full_result_count = False
    list_per_page = 50
    actions = ["send_again"]
    reasons = {
        "add": _("Mails are written by the portal itself. To write to many, use a letter."),
        "change": _("A mail that is on its way cannot be changed."),
        "delete": _("The outbox keeps what has been sent, and empties it when it is old."),
    }
    fieldsets = [
        (None, {"fields": ["state", "reason", "to", "reply_to", "language", "about", "body"]}),
        (_("Sending"), {"fields": ["cause", "attempts", "created_at", "claimed_at", "next_attempt_at", "sent_at"]}),
    ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        can_send = self.has_send_permission(request)
        context |= {"can_send": can_send, "can_send_again": can_send and bool(obj and obj.to) and not obj.is_secret}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_send_permission(self, request):
        return may_send(request.user)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("html")

    @admin.display(description=_("reason"), ordering="error")
    def reason(self, mail):
        return mail.error

    @admin.display(description=_("subject"))
    def about(self, mail):
        """Of secret mail not even the subject is shown: it may have the code."""
        return _("secret") if mail.is_secret else mail.subject

    @admin.display(description=_("text"))
    def body(self, mail):
        if mail.is_secret:
            return _("This mail carries a code or a link that signs in. It is not shown.")
        return mail.text

    @admin.action(description=pgettext_lazy("mail", "Send failed mail again"), permissions=["send"])
    def send_again(self, request, queryset):
        again = sum(delivery.send_again(mail) for mail in queryset)
        if again:
            text = ngettext("%d mail is on its way again.", "%d mails are on their way again.", again) % again
            self.message_user(request, text, messages.SUCCESS)
        if again < len(queryset):
            text = _("Only failed mail can be sent again, and never one whose secret text has been erased.")
            self.message_user(request, text, messages.WARNING)


@admin.register(MailTemplate)
class MailTemplateAdmin(HistoryAdmin):
    """Both languages side by side, with the possible placeholders above."""

    change_form_template = "admin/creativenorth/mailtemplate/change_form.html"
    list_display = ["name", "purpose", "subject_sv"]
    list_filter = ["purpose"]
    search_fields = ["name", "subject_sv", "subject_en"]
    fieldsets = [
        (None, {"fields": [("name", "purpose")]}),
        (_("The mail"), {"fields": [("subject_sv", "subject_en"), ("text_sv", "text_en")]}),
    ]

    def get_actions(self, request):
        return {}

    def render_change_form(self, request, context, *args, **kwargs):
        context["purposes"] = [(purpose.label, PLACEHOLDERS[purpose].items()) for purpose in PLACEHOLDERS]
        return super().render_change_form(request, context, *args, **kwargs)
