"""Letters to many: written in both languages, previewed with a real reader, tried, sent now or later, followed to each."""

import uuid

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from creativenorth import placeholders
from creativenorth.filters import Happened
from creativenorth.history_admin import HistoryAdmin
from creativenorth.models import PLACEHOLDERS, Mail, Purpose
from members.actions import letters
from members.circles import Reader, circle_named, circles
from members.models import Letter
from members.permissions import may_send_letters

READERS_TO_CHOOSE = 20
PER_PAGE = 50


class LetterForm(forms.ModelForm):
    """Readers of this floor, or a circle of another one: then one chooses of which object."""

    of_object = forms.ModelChoiceField(
        label=_("Of which activity"), queryset=None, required=False, blank=True,
        help_text=_("Where the letter goes to the people of an activity."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "of_object" in self.fields:
            known = circles()
            self.fields["of_object"].queryset = known[0].choices() if known else Letter.objects.none()

    def clean(self):
        cleaned = super().clean()
        chosen, of_object = cleaned.get("readers"), cleaned.get("of_object")
        if circle_named(chosen or "") and not of_object and "of_object" not in self.errors:
            self.add_error("of_object", _("Choose the activity whose people get the letter."))
        cleaned["of_object"] = of_object.pk if of_object and circle_named(chosen or "") else None
        for name in ("subject_sv", "subject_en", "text_sv", "text_en"):
            try:
                placeholders.check(cleaned.get(name) or "", PLACEHOLDERS[Purpose.LETTER])
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


class SendForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Leaves at"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Swedish time. Empty: now."),
    )  # fmt: skip


@admin.register(Letter)
class LetterAdmin(HistoryAdmin):
    """What has left is read, not changed; its page then tells what became of each mail."""

    form = LetterForm
    change_form_template = "admin/members/letter/change_form.html"
    list_display = ["subject_sv", "readers", "state", "send_at", "written_by"]
    list_filter = ["readers", ("sent_at", Happened)]
    list_select_related = ["written_by"]
    search_fields = ["subject_sv", "subject_en"]
    reasons = {
        "change": _("The letter has left; it is not changed any more."),
        "delete": _("The letter has left, and people have it."),
    }
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": [("readers", "of_object")]}),
        (_("The mail"), {"fields": [("subject_sv", "subject_en"), ("text_sv", "text_en")]}),
    ]

    def get_actions(self, request):
        return {}

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.sent_at is None)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.sent_at is None)

    def save_model(self, request, obj, form, change):
        obj.written_by = obj.written_by or request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        """A new letter opens again: the next thing is to read and to send it."""
        self.message_user(request, gettext("The letter is kept. Read it through, then let it leave."), messages.SUCCESS)
        return self._back(request, obj)

    @admin.display(description=_("state"), ordering="sent_at")
    def state(self, letter):
        if letter.sent_at:
            return gettext("has left")
        return gettext("waits for its time") if letter.send_at else gettext("Draft")

    def get_urls(self):
        views = {
            "test": self.test_view, "sending": self.sending_view, "withdrawal": self.withdrawal_view,
            "deliveries": self.deliveries_view,
        }  # fmt: skip
        wrap = self.admin_site.admin_view
        return [
            *[path(f"<int:pk>/{name}/", wrap(view), name=f"members_letter_{name}") for name, view in views.items()],
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {"placeholders": PLACEHOLDERS[Purpose.LETTER].items(), "can_send": may_send_letters(request.user)}
        if obj:
            readers = obj.read_by()
            context |= self._preview(request, obj, readers) | {
                "nonce": uuid.uuid4(), "send_form": SendForm(initial={"at": obj.send_at}), "deliveries": _counts(obj),
                "reader_count": len(readers),
            }  # fmt: skip
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _preview(self, request, letter, readers):
        """The letter as the chosen reader (?as=) gets it, or the first one; to an invented one where there is none."""
        readers = readers[:READERS_TO_CHOOSE]
        chosen = next(
            (reader for reader in readers if reader.key == request.GET.get("as")), readers[0] if readers else None
        )
        reader = chosen or _anybody()
        values = letter.values_for(reader)
        with override(reader.language):
            shown = placeholders.marked(letter.subject, values), placeholders.marked(letter.text, values)
        return {"readers": readers, "chosen": chosen, "preview_subject": shown[0], "preview_text": shown[1]}

    def _letter(self, request, pk):
        letter = get_object_or_404(Letter, pk=pk)
        if not may_send_letters(request.user):
            raise PermissionDenied
        return letter

    @method_decorator(require_POST)
    def test_view(self, request, pk):
        """POST `nonce`: the letter to oneself."""
        letter, nonce = self._letter(request, pk), request.POST.get("nonce", "")[:40]
        letters.try_letter(by=request.user, letter=letter, nonce=nonce)
        return self._back(request, letter, gettext("A test is on its way to %s.") % request.user.email)

    @method_decorator(require_POST)
    def sending_view(self, request, pk):
        """POST `at`: leaves then, or now."""
        letter, form = self._letter(request, pk), SendForm(request.POST)
        if not form.is_valid():
            return self._back(request, letter, form.errors["at"][0], messages.ERROR)
        at = form.cleaned_data["at"]
        said = (
            gettext("The letter leaves at that time.")
            if at and at > timezone.now()
            else gettext("The letter is leaving.")
        )
        return self._try(request, letter, said, letters.send_letter, at=at)

    @method_decorator(require_POST)
    def withdrawal_view(self, request, pk):
        """POST: a draft again, if it has not left."""
        letter = self._letter(request, pk)
        return self._try(request, letter, gettext("The letter is a draft again."), letters.call_letter_back)

    def _try(self, request, letter, said, action, **asked):
        try:
            action(by=request.user, letter=letter, **asked)
        except letters.HasLeft:
            return self._back(request, letter, gettext("The letter has left already."), messages.WARNING)
        return self._back(request, letter, said)

    def _back(self, request, letter, said="", level=messages.SUCCESS):
        if said:
            self.message_user(request, said, level)
        return HttpResponseRedirect(reverse("admin:members_letter_change", args=[letter.pk]))

    @method_decorator(require_safe)
    def deliveries_view(self, request, pk):
        """GET: each reader's mail, with its state and why it did not arrive; failed ones first."""
        letter = get_object_or_404(Letter, pk=pk)
        if not self.has_view_permission(request, letter):
            raise PermissionDenied
        page = Paginator(_mails(letter).order_by("state", "to"), PER_PAGE).get_page(request.GET.get("p"))
        context = self.admin_site.each_context(request) | {
            "title": gettext("What became of “%s”") % letter, "subtitle": None, "opts": self.opts, "letter": letter,
            "page": page, "deliveries": _counts(letter),
            "can_send": request.user.has_perm("creativenorth.change_mail"),
        }  # fmt: skip
        return render(request, "admin/members/letter/deliveries.html", context)


def _mails(letter):
    return Mail.objects.filter(cause__startswith=letter.causes)


def _counts(letter):
    """How many of its mails are in each state, in words."""
    if not letter.sent_at:
        return []
    counts = dict(_mails(letter).order_by().values_list("state").annotate(Count("pk")))
    return [(state.label, counts[state]) for state in Mail.State if state in counts]


def _anybody():
    return Reader("", "", gettext("Kim Example"), gettext("Example Studio"), get_language())
