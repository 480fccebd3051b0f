"""Writing to those on a list of participants: to the chosen ones, or to all of a kind."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.actions.letters import write_to
from events.admin.deeds import list_of
from events.forms.list_keeping import WriteForm
from events.models import Registration
from events.words import moment_text


class WriteToKindForm(WriteForm):
    """To all of a kind: who is on the list, has a seat, waits, or was not at a session that is over."""

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Registration.objects.filter(activity=activity)
        self.receivers = {
            "all": (_("everybody on the list"), rows.active()),
            "confirmed": (_("those with a seat"), rows.confirmed()),
            "waiting": (_("those who wait"), rows.waiting()),
        }
        for session in activity.sessions.begun():
            if session.is_over:
                text = gettext("absent %(when)s") % {"when": moment_text(session.starts_at)}
                self.receivers[f"absent-{session.pk}"] = (text, rows.absent_from(session))
        choices = [(name, f"{text} ({found.count()})") for name, (text, found) in self.receivers.items()]
        self.fields["to"] = forms.ChoiceField(label=_("To"), choices=choices, widget=forms.RadioSelect)
        self.order_fields(["nonce", "to"])


def write_page(model_admin, request, activity):
    initial = {"to": request.GET.get("to", "confirmed")}
    form = WriteToKindForm(request.POST or None, activity=activity, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        _text, rows = form.receivers[data.pop("to")]
        say_how_many(request, write_to(rows, by=request.user, **data))
        return HttpResponseRedirect(list_of(activity))
    context = model_admin.admin_site.each_context(request) | {
        "title": gettext("Write to them"), "form": form, "opts": model_admin.opts, "heading": activity,
        "back_url": list_of(activity),
    }  # fmt: skip
    return render(request, "admin/events/registration/write.html", context, status=422 if form.errors else 200)


def write_to_chosen(model_admin, request, queryset):
    """The form, and then one mail to each of the chosen."""
    form = WriteForm(request.POST if "subject" in request.POST else None)
    if form.is_valid():
        say_how_many(request, write_to(queryset, by=request.user, **form.cleaned_data))
        return None
    chosen = list(queryset.select_related("user"))
    context = model_admin.admin_site.each_context(request) | {
        "title": gettext("Write to them"), "form": form, "opts": model_admin.opts, "chosen": chosen,
        "heading": ", ".join(row.name for row in chosen),
    }  # fmt: skip
    return render(request, "admin/events/registration/write.html", context, status=422 if form.errors else 200)


def say_how_many(request, number):
    messages.success(request, gettext("%(number)d mails are on their way.") % {"number": number})
