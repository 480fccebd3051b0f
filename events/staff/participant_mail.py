"""Mail to participants: to all of a kind, or to the chosen ones."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from creativenorth.staff.pages import staff_page
from events.actions.mails.participants import mail_participants
from events.forms.participants import WriteForm, WriteToKindForm
from events.models import Activity, Registration
from events.pages.participants import list_url
from events.permissions import may_manage_registrations


@staff_page(Registration, allowed=may_manage_registrations)
def writing(request, pk):
    """GET ?to=: the form, with whom to write to. POST: one mail to each who has an address; 422 with errors."""
    activity = get_object_or_404(Activity, pk=pk)
    sent, initial = request.POST if request.method == "POST" else None, {"to": request.GET.get("to", "confirmed")}
    form = WriteToKindForm(sent, activity=activity, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        _text, rows = form.recipients[data.pop("to")]
        return _send(request, rows, data, list_url(pk))
    return _page(request, form, heading=activity, back_url=list_url(pk))


@staff_page(Registration, allowed=may_manage_registrations)
def writing_to_chosen(request, rows):
    """The admin action on the ticked rows: the form, then one mail to each and back to the list."""
    form = WriteForm(request.POST if "subject" in request.POST else None)
    if form.is_valid():
        return _send(request, rows, form.cleaned_data, request.get_full_path())
    chosen = list(rows.select_related("user"))
    return _page(request, form, heading=", ".join(row.name for row in chosen), chosen=chosen)


def _send(request, rows, data, back_url):
    number = mail_participants(rows, by=request.user, **data)
    messages.success(request, gettext("%(number)d mails are on their way.") % {"number": number})
    return redirect(back_url)


def _page(request, form, **context):
    context |= {"title": gettext("Write to them"), "form": form}
    template = "admin/events/registration/write.html"
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)
