"""What staff do with one registration on a page of its own: a small form, and an action."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from events.actions.attendance import check_in
from events.actions.seats import Busy
from events.actions.signup import Attendee, sign_up
from events.forms.list_keeping import MoveForm, WalkInForm
from events.models import Attendance, Method
from events.pages import session_lines
from events.participants import for_print, sessions_ticked
from events.views.words import BUSY
from members.actions.invitations import holder_of


@dataclass(frozen=True)
class Deed:
    title: str
    form_class: type
    action: Callable
    text: str = ""


def do(model_admin, request, deed, registration):
    """GET: the form. POST: the action, and back to the registration; 422 with what is wrong, 503 when busy."""
    options = {"registration": registration} if deed.form_class is MoveForm else {}
    form = deed.form_class(request.POST if request.method == "POST" else None, **options)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                deed.action(registration, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            except Busy:
                form.add_error(None, BUSY)
                status = 503
            else:
                model_admin.message_user(request, gettext("Done."), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:events_registration_change", args=[registration.pk]))
    context = model_admin.admin_site.each_context(request) | {
        "title": deed.title, "text": deed.text, "form": form, "object": registration, "opts": model_admin.opts,
        "back_url": reverse("admin:events_registration_change", args=[registration.pk]),
    }  # fmt: skip
    return render(request, "admin/events/registration/deed.html", context, status=status)


def print_page(request, activity):
    """A table with a column to sign in, under the name and the emblem of the project."""
    ticked = Exists(Attendance.objects.filter(session=OuterRef("pk")))
    sessions = list(activity.sessions.annotate(ticked=ticked))
    context = {
        "activity": activity,
        "lines": session_lines(sessions),
        "ticked": [timezone.localtime(each.starts_at) for each in sessions_ticked(sessions)],
        "rows": for_print(activity, sessions),
    }
    return render(request, "admin/events/registration/print.html", context)


def walk_in_page(model_admin, request, activity):
    form = WalkInForm(request.POST or None, activity=activity)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (row := _walk_in(form, request.user, activity)):
            done = gettext("%(name)s: %(state)s") % {"name": row.name, "state": row.get_state_display()}
            model_admin.message_user(request, done, messages.SUCCESS)
            return HttpResponseRedirect(list_of(activity))
    context = model_admin.admin_site.each_context(request) | {
        "title": gettext("Add somebody"), "form": form, "object": activity, "opts": model_admin.opts,
        "back_url": list_of(activity),
    }  # fmt: skip
    return render(request, "admin/events/registration/deed.html", context, status=status)


def _walk_in(form, by, activity):
    """The registration, or None with the reason beside the form."""
    data = form.cleaned_data
    holder = holder_of(data["email"]) if data["email"] else None
    attendee = (
        Attendee.of(holder, data["company"])
        if holder
        else Attendee(name=data["name"], email=data["email"], company=data["company"])
    )
    try:
        with transaction.atomic():
            form_of = {"mode": data["mode"], "nonce": data["nonce"], "by": by, "as_staff": True}
            row = sign_up(activity, attendees=[attendee], **form_of)[0]
            if data.get("is_here"):
                check_in(row, session=form.session, by=by, method=Method.TICK)
            return row
    except ValidationError as error:
        form.add_error(None, error)
    except Busy:
        form.add_error(None, BUSY)
    return None


def list_of(activity):
    """The address of an activity's list of participants."""
    return f"{reverse('admin:events_registration_changelist')}?activity__id__exact={activity.pk}"
