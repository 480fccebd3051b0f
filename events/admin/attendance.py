"""The pages on which staff and hosts say who was there."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.actions.attendance import confirm_all, current_session, keep_attendance
from events.actions.seats import Busy
from events.admin.deeds import list_of
from events.attendance_sheet import Sheet
from events.models import Activity, Method, Session
from events.permissions import may_check_in, may_keep_list
from events.views.words import BUSY
from events.words import session_text


class MethodForm(forms.Form):
    method = forms.ChoiceField(
        label=_("How it is known"), initial=Method.TICK,
        choices=[(each.value, each.label) for each in (Method.TICK, Method.SIGNED, Method.LOG)],
    )  # fmt: skip


def sheet_url(session):
    return reverse("admin:events_registration_attendance", args=[session.pk])


def first_sheet(request, pk):
    """GET: leads to the list of the session that is on, else of the last one that has begun, else of the first."""
    activity = get_object_or_404(Activity, pk=pk)
    if not may_check_in(request.user, activity):
        raise PermissionDenied
    session = current_session(activity) or activity.sessions.begun().last() or activity.sessions.first()
    if session is None:
        messages.info(request, gettext("The date is not set yet."))
        return HttpResponseRedirect(reverse("admin:events_activity_change", args=[pk]))
    return HttpResponseRedirect(sheet_url(session))


def sheet_page(model_admin, request, pk):
    """GET: who was there, page by page. POST: what was ticked and unticked, or that all were; 422 with what is wrong."""
    session = get_object_or_404(Session.objects.select_related("activity"), pk=pk)
    if not may_check_in(request.user, session.activity):
        raise PermissionDenied
    error, status = "", 200
    sheet = Sheet(session, request.GET, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        form, status = MethodForm(request.POST), 422
        if form.is_valid() and not sheet.errors:
            try:
                _keep(request, sheet, form.cleaned_data["method"])
            except ValidationError as problem:
                error = " ".join(problem.messages)
            except Busy:
                error, status = str(BUSY), 503
            else:
                return HttpResponseRedirect(request.get_full_path())
    else:
        form = MethodForm()
    context = model_admin.admin_site.each_context(request) | _context(request, session, sheet) | {
        "opts": model_admin.opts, "form": form, "error": error,
    }  # fmt: skip
    return render(request, "admin/events/registration/attendance.html", context, status=status)


def _keep(request, sheet, method):
    if "all" in request.POST:
        number = confirm_all(sheet.session, by=request.user, method=method)
        text = ngettext("%(number)d more was there.", "%(number)d more were there.", number)
        messages.success(request, text % {"number": number})
        return
    kept, taken_away = keep_attendance(
        sheet.session, by=request.user, shown=sheet.shown, here=sheet.here, method=method
    )
    text = gettext("Saved: %(kept)d ticked or corrected, %(gone)d taken away.")
    messages.success(request, text % {"kept": kept, "gone": taken_away})


def _context(request, session, sheet):
    activity = session.activity
    keeps_list = may_keep_list(request.user)
    return {
        "title": gettext("Who was there"),
        "activity": activity,
        "session_text": session_text(session),
        "sessions": [
            {"text": session_text(each), "url": sheet_url(each), "is_this": each == session}
            for each in activity.sessions.all()
        ],
        "sheet": sheet,
        "list_url": list_of(activity) if keeps_list else "",
        "write_url": f"{reverse('admin:events_registration_write', args=[activity.pk])}?to=absent-{session.pk}"
        if keeps_list and session.is_over
        else "",
    }
