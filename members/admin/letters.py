"""Letters to many: written in both languages, previewed as a real recipient gets them."""

import uuid
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from creativenorth.mail.models import PLACEHOLDERS, Purpose
from creativenorth.staff.filters import HappenedFilter
from creativenorth.text import placeholders
from creativenorth.text.numbers import whole_number
from members.forms.letters import LetterForm, SendForm
from members.models import Letter
from members.permissions import may_send_letters
from members.recipient_lists import Recipient

RECIPIENTS_TO_CHOOSE = 20


@admin.register(Letter)
class LetterAdmin(HistoryAdmin):
    """A sent letter is read only; its page shows the state of its mails."""

    form = LetterForm
    texts_are_public = False  # its form asks for both languages
    list_display = ["subject_sv", "recipients", "state", "send_at", "written_by"]
    list_filter = ["recipients", ("sent_at", HappenedFilter)]
    list_select_related = ["written_by"]
    search_fields = ["subject_sv", "subject_en"]
    reasons = {
        "change": _("The letter has left; it is not changed any more."),
        "delete": _("The letter has left, and people have it."),
    }
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": [("recipients", "of_object"), ("company", "sector", "municipality")]}),
        (_("The mail"), {"fields": [("subject_sv", "subject_en"), ("text_sv", "text_en")]}),
    ]

    def get_actions(self, request):
        return {}

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.sent_at is None)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.sent_at is None)

    @method_decorator(csp_update({"frame-src": ["'self'"]}))
    def change_view(self, *args, **kwargs):
        return super().change_view(*args, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """?chosen= has the keys of those who are ticked in the list that the letter is begun from."""
        form = super().get_form(request, obj, change, **kwargs)
        keys = [whole_number(text) for text in request.GET.get("chosen", "").split(",")]
        form.ticked = [key for key in keys if key is not None]
        return form

    def save_model(self, request, obj, form, change):
        if form.ticked and obj.recipients == "activity_chosen":
            obj.chosen = form.ticked
        obj.written_by = obj.written_by or request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        self.message_user(request, gettext("The letter is kept. Read it through, then let it leave."), messages.SUCCESS)
        return redirect("admin:members_letter_change", obj.pk)

    @admin.display(description=_("state"), ordering="sent_at")
    def state(self, letter):
        if letter.sent_at:
            return gettext("has left")
        return gettext("waits for its time") if letter.send_at else gettext("Draft")

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {"placeholders": PLACEHOLDERS[Purpose.LETTER].items(), "can_send": may_send_letters(request.user)}
        if obj:
            recipients = obj.find_recipients()
            context |= _preview(request, obj, recipients) | {
                "idempotency_key": uuid.uuid4(),
                "send_form": SendForm(initial={"at": obj.send_at}),
                "deliveries": obj.deliveries(),
                "recipient_count": len(recipients),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def _preview(request, letter, recipients):
    """Context: the letter as the recipient of ?as= gets it, else the first one, else an invented one."""
    recipients = recipients[:RECIPIENTS_TO_CHOOSE]
    chosen = next(
        (recipient for recipient in recipients if recipient.key == request.GET.get("as")),
        recipients[0] if recipients else None,
    )
    recipient = chosen or Recipient("", "", gettext("Kim Example"), gettext("Example Studio"), get_language())
    values = letter.placeholder_values(recipient)
    with override(recipient.language):
        subject = placeholders.marked(letter.subject, values)
    address = reverse("admin:members_letter_reading", args=[letter.pk])
    return {
        "recipients": recipients,
        "chosen": chosen,
        "preview_subject": subject,
        "preview_url": f"{address}?{urlencode({'as': recipient.key})}",
    }
