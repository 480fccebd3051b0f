"""The printed list of participants, the form for walk-ins, and the table for export."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext

from creativenorth.staff.pages import READS, staff_page
from events.actions.door.scans import check_in
from events.actions.guests import account_of
from events.actions.seats import Busy
from events.actions.signup import Attendee, sign_up
from events.forms.participants import WalkInForm
from events.models import Activity, Attendance, Method, Registration
from events.pages.answers import answers_page
from events.pages.participants import export_rows, list_url, print_rows, ticked_sessions
from events.pages.session_lines import session_lines
from events.permissions import may_manage_registrations, may_view_registrations, may_view_requirements
from events.texts import BUSY

WALK_IN_ROWS = 8  # empty rows on the list to sign


@staff_page(Registration, allowed=may_view_registrations, methods=READS)
def printing(request, pk):
    """GET: those who have a seat, with a column to sign in, with name and emblem of the project."""
    activity = get_object_or_404(Activity, pk=pk)
    ticked = Exists(Attendance.objects.filter(session=OuterRef("pk")))
    sessions = list(activity.sessions.annotate(ticked=ticked))
    rows = print_rows(activity, sessions)
    context = {
        "activity": activity,
        "lines": session_lines(sessions),
        "ticked": [timezone.localtime(each.starts_at) for each in ticked_sessions(sessions)],
        "rows": rows,
        "walk_ins": range(len(rows) + 1, len(rows) + 1 + WALK_IN_ROWS),
    }
    return render(request, "admin/events/registration/print.html", context)


@staff_page(Registration, allowed=may_view_registrations, methods=READS)
def answers(request, pk):
    """GET: what everybody on the list has answered to the activity's own questions, counted and by person."""
    activity = get_object_or_404(Activity, pk=pk)
    context = {"title": gettext("Answers"), "activity": activity, "list_url": list_url(pk)} | answers_page(activity)
    return TemplateResponse(request, "admin/events/registration/answers.html", context)


@staff_page(Registration, allowed=may_manage_registrations)
def walk_in(request, pk):
    """GET: the form. POST: signs somebody up; 422 with errors."""
    activity = get_object_or_404(Activity, pk=pk)
    form = WalkInForm(request.POST if request.method == "POST" else None, activity=activity)
    if form.is_valid() and (row := _sign_up(form, request.user, activity)):
        done = gettext("%(name)s: %(state)s") % {"name": row.name, "state": row.get_state_display()}
        messages.success(request, done)
        return redirect(list_url(pk))
    context = {"title": gettext("Add somebody"), "form": form, "object": activity, "back_url": list_url(pk)}
    template = "admin/events/registration/action.html"
    return TemplateResponse(request, template, context, status=422 if form.is_bound else 200)


def _sign_up(form, by, activity):
    """The registration, or None with the error in the form."""
    data = form.cleaned_data
    holder = account_of(data["email"], data["name"]) if data["email"] else None
    attendee = (
        Attendee.for_user(holder, data["company"])
        if holder
        else Attendee(name=data["name"], email=data["email"], company=data["company"])
    )
    try:
        with transaction.atomic():
            form_of = {"mode": data["mode"], "idempotency_key": data["idempotency_key"], "by": by, "as_staff": True}
            row = sign_up(activity, attendees=[attendee], **form_of)[0]
            if data.get("is_here"):
                check_in(row, session=form.session, by=by, method=Method.TICK)
            return row
    except ValidationError as error:
        form.add_error(None, error)
    except Busy:
        form.add_error(None, BUSY)
    return None


def export_table(rows, by):
    return export_rows(rows, with_requirements=may_view_requirements(by))
