"""The mails that the portal sends by itself, in staff's own words: tried on oneself, and brought back to the built-in text."""

import uuid

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from creativenorth import mail, placeholders, systemmails
from creativenorth.history_admin import HistoryAdmin
from creativenorth.models import SystemMail

COLUMNS = ("subject", "text")
LANGUAGES = ("sv", "en")


class SystemMailForm(forms.ModelForm):
    """Begins with the text that holds. What is the built-in text again is not kept, so that it follows the portal."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = systemmails.mail_of(self.instance.key)
        self.built_in = {code: dict(zip(COLUMNS, self.known.built_in(code), strict=True)) for code in LANGUAGES}
        for code in LANGUAGES:
            for column in COLUMNS:
                name = f"{column}_{code}"
                if name in self.fields:
                    self.initial[name] = getattr(self.instance, name) or self.built_in[code][column]

    def clean(self):
        cleaned = super().clean()
        for code in LANGUAGES:
            self._clean_language(cleaned, code)
        return cleaned

    def _clean_language(self, cleaned, code):
        words = {
            column: (cleaned.get(f"{column}_{code}") or "").replace("\r\n", "\n").strip() or self.built_in[code][column]
            for column in COLUMNS
        }
        try:
            self.known.check(words["subject"], words["text"])
        except ValidationError as error:
            for column, errors in error.error_dict.items():
                self.add_error(f"{column}_{code}", errors)
        for column in COLUMNS:
            cleaned[f"{column}_{code}"] = "" if words[column] == self.built_in[code][column] else words[column]


@admin.register(SystemMail)
class SystemMailAdmin(HistoryAdmin):
    """Every mail of the code has its row (post_migrate); none is added or deleted here."""

    form = SystemMailForm
    change_form_template = "admin/creativenorth/systemmail/change_form.html"
    list_display = ["__str__", "wording"]
    list_per_page = 100
    reasons = {"add": _("The portal brings its mails along."), "delete": _("The portal sends this mail.")}
    fieldsets = [(_("The mail"), {"fields": [("subject_sv", "subject_en"), ("text_sv", "text_en")]})]

    def get_actions(self, request):
        return {}

    def get_queryset(self, request):
        """A mail that the code no longer sends is not shown; its words stay in the history."""
        return super().get_queryset(request).filter(key__in=[each.key for each in systemmails.all_mails()])

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("text"))
    def wording(self, row):
        return gettext("your own words") if row.is_edited else gettext("built-in")

    def get_urls(self):
        views = {"reading": self.reading_view, "test": self.test_view, "original": self.original_view}
        wrap = self.admin_site.admin_view
        return [
            *[
                path(f"<int:pk>/{name}/", wrap(view), name=f"creativenorth_systemmail_{name}")
                for name, view in views.items()
            ],
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            known = systemmails.mail_of(obj.key)
            context |= {
                "slots": known.slots.items(), "nonce": uuid.uuid4(), "readings": _readings(known, _texts(known, obj)),
                "can_send": self.has_change_permission(request, obj) and request.user.has_perm("creativenorth.change_mail"),
            }  # fmt: skip
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _row(self, request, pk):
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        return row, systemmails.mail_of(row.key)

    @method_decorator(require_POST)
    def reading_view(self, request, pk):
        """POST of the form: how both languages read, the words from placeholders marked; nothing is saved."""
        _row, known = self._row(request, pk)
        texts = {code: [request.POST.get(f"{column}_{code}", "")[:6000] for column in COLUMNS] for code in LANGUAGES}
        context = {"readings": _readings(known, texts)}
        if request.htmx:
            return render(request, "admin/creativenorth/systemmail/_readings.html", context)
        frame = self.admin_site.each_context(request) | {"title": gettext("How it reads"), "subtitle": None}
        return render(request, "admin/creativenorth/systemmail/readings.html", frame | context)

    @method_decorator(require_POST)
    def test_view(self, request, pk):
        """POST `nonce`: the saved text to oneself, with the meaning of each placeholder in its place."""
        row, known = self._row(request, pk)
        if not request.user.has_perm("creativenorth.change_mail"):
            raise PermissionDenied
        person = request.user
        subject, text = (placeholders.fill(words, _meanings(known)) for words in _texts(known, row)[person.language])
        mail.queue_text(
            to=person.email, subject=gettext("[Test] %s") % subject, text=text, language=person.language,
            cause=f"systemmail-test:{row.pk}:{person.pk}:{request.POST.get('nonce', '')[:40]}",
        )  # fmt: skip
        self.message_user(request, gettext("A test is on its way to %s.") % person.email, messages.SUCCESS)
        return self._back(pk)

    @method_decorator(require_POST)
    def original_view(self, request, pk):
        """POST: the built-in text again, in both languages. May be repeated."""
        row, _known = self._row(request, pk)
        columns = [f"{column}_{code}" for column in COLUMNS for code in LANGUAGES]
        for name in columns:
            setattr(row, name, "")
        row.save(update_fields=columns)
        self.message_user(request, gettext("The built-in text holds again."), messages.SUCCESS)
        return self._back(pk)

    def _back(self, pk):
        return HttpResponseRedirect(reverse("admin:creativenorth_systemmail_change", args=[pk]))


def _texts(known, row):
    """{language: (subject, text)} that holds now."""
    built_in = {code: known.built_in(code) for code in LANGUAGES}
    return {
        code: [getattr(row, f"{column}_{code}") or built_in[code][number] for number, column in enumerate(COLUMNS)]
        for code in LANGUAGES
    }


def _meanings(known):
    return {name: str(slot.meaning) for name, slot in known.slots.items()}


def _readings(known, texts):
    """(language, subject, text) with the words from placeholders marked."""
    found = []
    for code in LANGUAGES:
        with override(code):
            meanings = _meanings(known)
        found.append((code, *(placeholders.marked(words, meanings) for words in texts[code])))
    return found
