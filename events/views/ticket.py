from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from creativenorth.dates import clock_text
from creativenorth.text.numbers import whole_number
from events.actions.attendance import current_session
from events.actions.door.scans import check_in
from events.actions.seats import Busy
from events.permissions import may_check_in, may_view_registrations
from events.texts import BUSY, session_text
from events.tickets import registration_with_ticket


def _registration_or_404(token):
    if registration := registration_with_ticket(token):
        return registration
    raise Http404


@never_cache
@require_safe
def ticket(request, token):
    """GET: whose ticket it is and whether it is valid, for staff at the door. 403 for others, 404 for an invalid ticket."""
    registration = _registration_or_404(token)
    if not may_view_registrations(request.user) and not may_check_in(request.user, registration.activity):
        raise PermissionDenied
    return _page(request, token, registration)


def _page(request, token, registration, *, status=200, error=""):
    activity = registration.activity
    attended = registration.attendances.select_related("session", "confirmed_by")
    session = current_session(activity)
    context = {
        "registration": registration,
        "activity": activity,
        "token": token,
        "attendances": [
            (session_text(each.session), clock_text(each.arrived_at or each.confirmed_at), each.confirmed_by)
            for each in attended
        ],
        "session": session,
        "session_text": session and session_text(session),
        "is_here": session is not None and session.pk in {each.session_id for each in attended},
        "can_check_in": session is not None and may_check_in(request.user, activity),
        "error": error,
    }
    return render(request, "events/ticket.html", context, status=status)


@never_cache
@require_POST
def arrival(request, token):
    """POST: checks the person in at the `session` sent, once. 403 for those who may not check in, 422 with errors, 503 when busy."""
    registration = _registration_or_404(token)
    if not may_check_in(request.user, registration.activity):
        raise PermissionDenied
    key = whole_number(request.POST.get("session", "")) or 0
    session = get_object_or_404(registration.activity.sessions, pk=key)
    try:
        check_in(registration, session=session, by=request.user)
    except ValidationError as error:
        return _page(request, token, registration, status=422, error=" ".join(error.messages))
    except Busy:
        return _page(request, token, registration, status=503, error=str(BUSY))
    return redirect("events:ticket", token=token)
