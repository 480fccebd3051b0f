"""Staff's wording of the portal's own mails: edited, previewed, tried on oneself, and set back to the built-in text."""

import uuid

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativenorth import mail
from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.forms.once import key_sent
from creativenorth.history.admin import HistoryAdmin
from creativenorth.mail import templates
from creativenorth.mail.models import SystemMail
from creativenorth.mail.pages import may_send
from creativenorth.mail.table import TABLE
from creativenorth.staff.pages import WRITES, staff_page
from creativenorth.text import placeholders
from creativenorth.text.swedish import fold
from creativenorth.web.fragments import is_fragment

COLUMNS = ("subject", "text")
LANGUAGES = ("sv", "en")


class SystemMailForm(OptimisticLockForm):
    """Shows the text in force. What equals the built-in text is saved as empty, so that it follows later versions of the portal."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mail_type = templates.mail_type(self.instance.key)
        self.built_in = {code: dict(zip(COLUMNS, self.mail_type.built_in(code), strict=True)) for code in LANGUAGES}
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
            self.mail_type.check(words["subject"], words["text"])
        except ValidationError as error:
            for column, errors in error.error_dict.items():
                self.add_error(f"{column}_{code}", errors)
        for column in COLUMNS:
            cleaned[f"{column}_{code}"] = "" if words[column] == self.built_in[code][column] else words[column]


def current_rows(rows=SystemMail.objects):
    """Without mails that the code no longer sends; their wording stays in the history."""
    return rows.filter(key__in=[each.key for each in templates.mail_types])


def _searched(row):
    known = templates.mail_type(row.key)
    texts = [text for pair in _texts(known, row).values() for text in pair]
    return fold(" ".join([str(known.row.label), str(known.row.group), str(known.row.to), *texts]))


class GroupFilter(admin.SimpleListFilter):
    title = _("group")
    parameter_name = "group"

    def lookups(self, request, model_admin):
        return [(str(number), group) for number, group in enumerate(_groups())]

    def queryset(self, request, queryset):
        chosen = dict(self.lookups(request, None)).get(self.value())
        return queryset.filter(key__in=[row.key for row in TABLE if row.group == chosen]) if chosen else queryset


def _groups():
    return list(dict.fromkeys(str(row.group) for row in TABLE))


@admin.register(SystemMail)
class SystemMailAdmin(HistoryAdmin):
    """Every mail of the code has its row (post_migrate); none is added or deleted here."""

    form = SystemMailForm
    change_form_template = "admin/creativenorth/systemmail/change_form.html"
    list_display = ["__str__", "receivers", "group", "wording"]
    list_filter = [GroupFilter]
    search_fields = ["key"]  # and what staff read of it: get_search_results
    list_per_page = 100
    reasons = {"add": _("The portal brings its mails along."), "delete": _("The portal sends this mail.")}
    fieldsets = [(_("The mail"), {"fields": [("subject_sv", "subject_en"), ("text_sv", "text_en")]})]

    def get_actions(self, request):
        return {}

    def get_queryset(self, request):
        return current_rows(super().get_queryset(request))

    def get_ordering(self, request):
        """That of the table, which keeps together what belongs together."""
        cases = [When(key=row.key, then=number) for number, row in enumerate(TABLE)]
        return [Case(*cases, default=len(TABLE)).asc()]

    def get_search_results(self, request, queryset, search_term):
        """Found by name, group, whom it goes to, and words of the mail in either language."""
        words = fold(search_term).split()
        found = [row.pk for row in queryset if all(word in _searched(row) for word in words)]
        return queryset.filter(pk__in=found), False

    @admin.display(description=_("to"))
    def receivers(self, row):
        return templates.mail_type(row.key).row.to

    @admin.display(description=_("group"))
    def group(self, row):
        return templates.mail_type(row.key).row.group

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("text"))
    def wording(self, row):
        return gettext("your own words") if row.is_edited else gettext("built-in")

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            mail_type = templates.mail_type(obj.key)
            context |= {
                "placeholders": mail_type.placeholders.items(),
                "previews": _previews(mail_type, _texts(mail_type, obj)),
                "idempotency_key": uuid.uuid4(),
                "can_send": may_edit(request.user) and may_send(request.user),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def may_edit(user):
    return user.has_perm("creativenorth.change_systemmail")


@staff_page(SystemMail, allowed=may_edit, methods=WRITES)
def preview(request, pk):
    """POST of the form: how both languages read, with the values of placeholders marked; nothing is saved."""
    mail_type = templates.mail_type(get_object_or_404(current_rows(), pk=pk).key)
    texts = {code: [request.POST.get(f"{column}_{code}", "")[:6000] for column in COLUMNS] for code in LANGUAGES}
    context = {"title": gettext("How it reads"), "previews": _previews(mail_type, texts)}
    name = "_preview" if is_fragment(request) else "preview"
    return TemplateResponse(request, f"admin/creativenorth/systemmail/{name}.html", context)


@staff_page(SystemMail, allowed=lambda user: may_edit(user) and may_send(user), methods=WRITES)
def test_mail(request, pk):
    """POST `idempotency_key`: the saved text to oneself, with the meaning of each placeholder as its value."""
    row, person = get_object_or_404(current_rows(), pk=pk), request.user
    mail_type = templates.mail_type(row.key)
    subject, text = (
        placeholders.fill(words, _meanings(mail_type)) for words in _texts(mail_type, row)[person.language]
    )
    mail.queue_text(
        to=person.email,
        subject=gettext("[Test] %s") % subject,
        text=text,
        language=person.language,
        cause=f"systemmail-test:{row.pk}:{person.pk}:{key_sent(request)}",
    )
    messages.success(request, gettext("A test is on its way to %s.") % person.email)
    return redirect("admin:creativenorth_systemmail_change", pk)


@staff_page(SystemMail, allowed=may_edit, methods=WRITES)
def original_text(request, pk):
    """POST: the built-in text again, in both languages. May be repeated."""
    row = get_object_or_404(current_rows(), pk=pk)
    columns = [f"{column}_{code}" for column in COLUMNS for code in LANGUAGES]
    for name in columns:
        setattr(row, name, "")
    row.save(update_fields=columns)
    messages.success(request, gettext("The built-in text holds again."))
    return redirect("admin:creativenorth_systemmail_change", pk)


# Under /admin/creativenorth/systemmail/.
urlpatterns = [
    path("<int:pk>/reading/", preview, name="creativenorth_systemmail_reading"),
    path("<int:pk>/test/", test_mail, name="creativenorth_systemmail_test"),
    path("<int:pk>/original/", original_text, name="creativenorth_systemmail_original"),
]


def _texts(mail_type, row):
    """{language: (subject, text)} in force."""
    built_in = {code: mail_type.built_in(code) for code in LANGUAGES}
    return {
        code: [getattr(row, f"{column}_{code}") or built_in[code][number] for number, column in enumerate(COLUMNS)]
        for code in LANGUAGES
    }


def _meanings(mail_type):
    return {name: str(placeholder.meaning) for name, placeholder in mail_type.placeholders.items()}


def _previews(mail_type, texts):
    """(language, subject, text) with the values of placeholders marked."""
    found = []
    for code in LANGUAGES:
        with override(code):
            meanings = _meanings(mail_type)
        found.append((code, *(placeholders.marked(words, meanings) for words in texts[code])))
    return found
