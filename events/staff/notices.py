"""The question whether people are told of a change: how many and who, a line of staff's own, and how the mail reads."""

from urllib.parse import urlencode

from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from creativenorth import mail
from creativenorth.dates import moment_text
from creativenorth.mail.shown import draft_document, frameable
from creativenorth.staff.pages import READS, staff_page
from events.actions.mails.changes import choose, receivers, step_of
from events.actions.mails.differences import differences
from events.models import Activity, Notice
from events.models.notice import Choice
from events.permissions import may_edit

NAMES_SHOWN = 30
READING = "admin:events_notice_reading"
LINE = {"max_length": 600, "required": False, "widget": forms.Textarea(attrs={"rows": 3})}


class NoticeForm(forms.Form):
    line_sv = forms.CharField(
        label=_("Your own line, in Swedish"), **LINE, help_text=_("Stands first in the mail. May be empty.")
    )
    line_en = forms.CharField(label=_("Your own line, in English"), **LINE, help_text=_("Empty: the Swedish line."))


@staff_page(Activity, allowed=may_edit)
@csp_update({"frame-src": ["'self'"]})
def notice(request, pk):
    """GET ?line_sv= &line_en=: the question, and how the mail reads with these lines.

    POST: `tell`, `now` or `silent`; else back with the lines.
    """
    first = get_object_or_404(Notice.objects.select_related("activity", "decided_by"), pk=pk)
    notices = Notice.objects.filter(group=first.group)
    sent = request.POST if request.method == "POST" else None
    form = NoticeForm(sent, initial=_lines(request, first))
    if form.is_valid() and (chosen := {"tell", "now", "silent"} & request.POST.keys()):
        choose(notices, by=request.user, tells="silent" not in chosen, at_once="now" in chosen, **form.cleaned_data)
        messages.success(request, _done(notices.get(pk=pk)))
        return redirect("admin:events_activity_change", first.activity_id)
    if form.is_bound and form.is_valid():
        return redirect(f"{reverse('admin:events_notice', args=[pk])}?{urlencode(form.cleaned_data)}")
    context = _question(notices) | {
        "title": gettext("Tell of the change?"),
        "form": form,
        "first": first,
        "previews": [(code, f"{reverse(READING, args=[pk])}?{_query(form, code)}") for code in ("sv", "en")],
    }
    template = "admin/events/notice.html"
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)


def _done(notice):
    if notice.choice == Choice.SILENT:
        return gettext("Nobody is told. That stands in the history.")
    text = gettext("The mail leaves %s. What you change before goes along in it.")
    return text % moment_text(notice.leaves_at)


def _question(notices):
    """What has changed, and whom it concerns."""
    waiting = list(notices.waiting().select_related("activity").order_by("pk"))
    found = [(each, receivers(each)) for each in waiting]
    people = {(row.address, row.name): row for _notice, rows in found for row in rows}
    number = len(people)
    seated = sum(row.is_confirmed for row in people.values())
    words = ngettext("Tell %d person", "Tell %d people", number) % number
    return {
        "changes": [(each.activity, differences(each.before, each.activity)) for each in waiting],
        "tell_text": words,
        "number": number,
        "seated": seated,
        "queued": number - seated,
        "names": sorted(row.name for row in people.values())[:NAMES_SHOWN],
        "more": max(0, number - NAMES_SHOWN),
        "is_pending": bool(waiting) and waiting[0].choice == Choice.TELL,
    }


@staff_page(Activity, allowed=may_edit, methods=READS)
@frameable
def reading(request, pk):
    """GET ?language= &line_sv= &line_en=: the mail as the first whom it concerns gets it. 404 where it concerns nobody."""
    waiting = Notice.objects.waiting().filter(group=get_object_or_404(Notice, pk=pk).group).select_related("activity")
    found = next(((each, rows[0]) for each in waiting.order_by("pk") if (rows := receivers(each))), None)
    if found is None:
        raise Http404
    notice, row = found
    for name, text in _lines(request, notice).items():
        setattr(notice, name, text)
    language = "en" if request.GET.get("language") == "en" else "sv"
    step = step_of(notice, row, language=language)
    return draft_document(
        mail.draft(event=step.event, context=step.facts, language=language)[2],
        step.facts["occasions"][0].get("ticket_url", ""),
    )


def _lines(request, notice):
    return {name: request.GET.get(name, getattr(notice, name))[:600] for name in ("line_sv", "line_en")}


def _query(form, code):
    return urlencode({"language": code} | {field.name: field.value() or "" for field in form})
