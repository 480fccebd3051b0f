"""The list of participants at the door: printed to be signed, and with who comes without having signed up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext

from creativenorth.staff.pages import READS, staff_page
from events.actions.attendance import check_in
from events.actions.seats import Busy
from events.actions.signup import Attendee, sign_up
from events.forms.list_keeping import WalkInForm
from events.models import Activity, Attendance, Method, Registration
from events.pages.participants import for_export, for_print, list_url, sessions_ticked
from events.pages.session_lines import session_lines
from events.permissions import may_keep_list, may_see_list, may_see_needs
from events.words import BUSY
from members.actions.invitations import account_with_email


@staff_page(Registration, allowed=may_see_list, methods=READS)
def printing(request, pk):
    """GET: who has a seat, with a column to sign in, under the name and the emblem of the project."""
    activity = get_object_or_404(Activity, pk=pk)
    ticked = Exists(Attendance.objects.filter(session=OuterRef("pk")))
    sessions = list(activity.sessions.annotate(ticked=ticked))
    context = {
        "activity": activity,
        "lines": session_lines(sessions),
        "ticked": [timezone.localtime(each.starts_at) for each in sessions_ticked(sessions)],
        "rows": for_print(activity, sessions),
    }
    return render(request, "admin/events/registration/print.html", context)


@staff_page(Registration, allowed=may_keep_list)
def walk_in(request, pk):
    """GET: the form. POST: signs somebody up who stands at the door; 422 with what is wrong."""
    activity = get_object_or_404(Activity, pk=pk)
    form = WalkInForm(request.POST if request.method == "POST" else None, activity=activity)
    if form.is_valid() and (row := _sign_up(form, request.user, activity)):
        done = gettext("%(name)s: %(state)s") % {"name": row.name, "state": row.get_state_display()}
        messages.success(request, done)
        return redirect(list_url(pk))
    context = {"title": gettext("Add somebody"), "form": form, "object": activity, "back_url": list_url(pk)}
    template = "admin/events/registration/deed.html"
    return TemplateResponse(request, template, context, status=422 if form.is_bound else 200)


def _sign_up(form, by, activity):
    """The registration, or None with the reason beside the form."""
    data = form.cleaned_data
    holder = account_with_email(data["email"]) if data["email"] else None
    attendee = (
        Attendee.of(holder, data["company"])
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
    """(head, rows) of the registrations as a file; with diet and access for those who may see them."""
    return for_export(rows, with_needs=may_see_needs(by))
