"""The question whether people are told of a change: how many and who, a line of staff's own, and how the mail reads."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from creativenorth import mail
from creativenorth.dates import moment_text
from creativenorth.staff.pages import staff_page
from events.actions.mails.changes import choose, receivers, step_of
from events.actions.mails.differences import differences
from events.models import Activity, Notice
from events.models.notice import Choice
from events.permissions import may_edit

NAMES_SHOWN = 30
LINE = {"max_length": 600, "required": False, "widget": forms.Textarea(attrs={"rows": 3})}


class NoticeForm(forms.Form):
    line_sv = forms.CharField(
        label=_("Your own line, in Swedish"), **LINE, help_text=_("Stands first in the mail. May be empty.")
    )
    line_en = forms.CharField(label=_("Your own line, in English"), **LINE, help_text=_("Empty: the Swedish line."))


@staff_page(Activity, allowed=may_edit)
def notice(request, pk):
    """GET: the question. POST: `tell`, `now` or `silent`; anything else shows how the mail reads with the line."""
    first = get_object_or_404(Notice.objects.select_related("activity", "decided_by"), pk=pk)
    notices = Notice.objects.filter(group=first.group)
    sent = request.POST if request.method == "POST" else None
    form = NoticeForm(sent, initial={"line_sv": first.line_sv, "line_en": first.line_en})
    if form.is_valid() and (chosen := {"tell", "now", "silent"} & request.POST.keys()):
        choose(notices, by=request.user, tells="silent" not in chosen, at_once="now" in chosen, **form.cleaned_data)
        messages.success(request, _done(notices.get(pk=pk)))
        return redirect("admin:events_activity_change", first.activity_id)
    context = _question(notices, form) | {"title": gettext("Tell of the change?"), "form": form, "first": first}
    template = "admin/events/notice.html"
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)


def _done(notice):
    if notice.choice == Choice.SILENT:
        return gettext("Nobody is told. That stands in the history.")
    text = gettext("The mail leaves %s. What you change before goes along in it.")
    return text % moment_text(notice.leaves_at)


def _question(notices, form):
    """What has changed, whom it concerns, and how the first of them reads it."""
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
        "previews": _previews(found, form),
    }


def _previews(found, form):
    """(language, subject, text) as the first receiver of the first activity gets it."""
    notice, rows = next(((each, rows) for each, rows in found if rows), (None, []))
    if notice is None:
        return []
    data = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    notice.line_sv, notice.line_en = data.get("line_sv", ""), data.get("line_en", "")
    previews = []
    for code in ("sv", "en"):
        step = step_of(notice, rows[0], language=code)
        previews.append((code, *mail.draft(event=step.event, context=step.facts, language=code)))
    return previews
