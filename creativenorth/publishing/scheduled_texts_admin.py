"""Scheduled texts in the admin: the form takes a time, and shows above what is scheduled, with a button that cancels it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import clock_text, date_text
from creativenorth.history.admin import HistoryAdmin
from creativenorth.publishing import scheduled_texts
from creativenorth.staff.concurrent_edits import OptimisticLockForm
from creativenorth.staff.pages import WRITES, staff_page

SHOWN = 200


class MomentField(forms.DateTimeField):
    """Day and time in one `datetime-local` field."""

    def __init__(self, **options):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**({"widget": widget, "required": False} | options))


class ScheduledTextsForm(OptimisticLockForm):
    shown_at = MomentField(
        label=_("Changed texts show from"),
        help_text=_(
            "Swedish time. Empty: your changes show at once. With a time, the texts that you have changed wait until "
            "then and the old ones stay; all else is saved at once."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        at = cleaned.get("shown_at")
        if at and at <= timezone.now():
            self.add_error("shown_at", _("That time has passed. Leave it empty to show the changes at once."))
        elif at and not self.changed_texts():
            self.add_error("shown_at", _("No text is changed, so there is nothing that could wait."))
        return cleaned

    def changed_texts(self):
        return [name for name in self.changed_data if name in scheduled_texts.text_columns(type(self.instance))]


class ScheduledTextsAdmin(HistoryAdmin):
    """A model admin whose changed texts can be given a time."""

    form = ScheduledTextsForm

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        return [*fieldsets, (_("When it shows"), {"fields": ["shown_at"]})]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_waiting"
        return [path("<int:pk>/waiting/", cancellation, {"model": self.model}, name=name), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        at = form.cleaned_data.get("shown_at")
        if change and at:
            texts = {name: form.cleaned_data[name] for name in form.changed_texts()}
            for name in texts:
                setattr(obj, name, form.initial[name])
            scheduled_texts.schedule(obj, texts, at=at, by=request.user)
            text = gettext("The changed texts show from %(day)s at %(time)s. Until then the old ones stay.")
            self.message_user(request, text % _moment(at), messages.SUCCESS)
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and (found := scheduled_texts.scheduled_for(obj)):
            context["scheduled_text"] = found
            context["scheduled_moment"] = gettext("From %(day)s at %(time)s this shows:") % _moment(found.shown_at)
            context["scheduled_changes"] = list(_changes(obj, found.texts))
            context["cancel_url"] = reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_waiting", args=[obj.pk]
            )
            context["may_cancel"] = self.has_change_permission(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


@staff_page(methods=WRITES)
def cancellation(request, pk, model):
    """POST: drop the scheduled change of the object; the texts stay as they are. 403 without the right to change it."""
    obj = model._default_manager.filter(pk=pk).first()
    if not admin.site.get_model_admin(model).has_change_permission(request, obj):
        raise PermissionDenied
    url = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    if obj is None:
        return redirect(f"{url}_changelist")
    scheduled_texts.cancel(obj)
    messages.success(request, gettext("Called off: the texts stay as they are."))
    return redirect(f"{url}_change", pk)


def _moment(at):
    return {"day": date_text(at), "time": clock_text(at)}


def _changes(obj, texts):
    """(field, present text, scheduled text), in the order of the columns."""
    for column in obj._meta.concrete_fields:
        if column.name in texts:
            language = gettext("in Swedish") if column.name.endswith("_sv") else gettext("in English")
            label = capfirst(str(column.verbose_name))
            label = label if language in label else f"{label}, {language}"
            before, after = (Truncator(text).chars(SHOWN) for text in (getattr(obj, column.name), texts[column.name]))
            yield label, before, after
