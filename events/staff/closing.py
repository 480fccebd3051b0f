"""The screen on which staff and hosts close a session: who came, who did not, what does not add up."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext

from creativenorth.staff.pages import staff_page
from creativenorth.text.numbers import whole_number
from events.actions.door.closing import close_session
from events.actions.seats import Busy
from events.models import Flag, Registration, Session
from events.permissions import may_check_in
from events.texts import BUSY, session_text


@dataclass(frozen=True)
class Flagged:
    """Somebody who was there, and what does not add up about it."""

    key: int
    name: str
    about: str


@staff_page(Registration)
def closing(request, pk):
    """GET: how many came and did not, and each flag with a field for what was settled. POST: closes; 422 or 503 with the error."""
    session = get_object_or_404(Session.objects.select_related("activity"), pk=pk)
    if not may_check_in(request.user, session.activity):
        raise PermissionDenied
    error, status = "", 200
    if request.method == "POST":
        try:
            close_session(session, by=request.user, reasons=_reasons(request.POST))
        except ValidationError as problem:
            error, status = " ".join(problem.messages), 422
        except Busy:
            error, status = str(BUSY), 503
        else:
            messages.success(request, gettext("The session is closed."))
            return redirect("admin:events_registration_attendance", pk)
    context = _context(session) | {"error": error}
    return TemplateResponse(request, "admin/events/registration/closing.html", context, status=status)


def _reasons(data):
    """{key of an attendance: what was typed beside it}."""
    typed = {
        name.removeprefix("settled-"): text.strip()[:240] for name, text in data.items() if name.startswith("settled-")
    }
    return {whole_number(key): text for key, text in typed.items() if text and whole_number(key)}


def _context(session):
    flagged = list(session.attendances.exclude(flags=[]).select_related("registration__user").order_by("pk"))
    return {
        "title": gettext("Close the session"),
        "activity": session.activity,
        "session": session,
        "session_text": session_text(session),
        "sums": _sums(session, len(flagged)),
        "flagged": [_flagged(attendance) for attendance in flagged],
    }


def _sums(session, flags):
    came = session.attendances.count()
    absent = Registration.objects.absent_from(session).count()
    words = [
        ngettext("%d came", "%d came", came) % came,
        ngettext("%d did not", "%d did not", absent) % absent,
        ngettext("%d does not add up", "%d do not add up", flags) % flags,
    ]
    return ", ".join(words)


def _flagged(attendance):
    labels = [str(Flag(flag).label) for flag in attendance.flags]
    return Flagged(attendance.pk, attendance.registration.name, ", ".join(labels))
