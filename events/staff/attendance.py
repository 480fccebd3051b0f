"""The pages on which staff and hosts save who attended."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from creativenorth.forms.confirmation import Question, ask, is_confirmed
from creativenorth.staff.pages import READS, staff_page
from events.actions.attendance import confirm_all, current_session, save_attendance
from events.actions.seats import Busy
from events.forms.participants import MethodForm
from events.models import Activity, Registration, Session
from events.pages.attendance_sheet import AttendanceSheet
from events.pages.participants import list_url, write_to_url
from events.permissions import may_check_in, may_manage_registrations
from events.texts import BUSY, session_text

SHEET = "admin:events_registration_attendance"


@staff_page(methods=READS)
def attendance_of_activity(request, pk):
    """GET: leads to the list of the current session, else of the last one that has begun, else of the first."""
    activity = get_object_or_404(Activity, pk=pk)
    if not may_check_in(request.user, activity):
        raise PermissionDenied
    session = current_session(activity) or activity.sessions.begun().last() or activity.sessions.first()
    if session is None:
        messages.info(request, gettext("The date is not set yet."))
        return redirect("admin:events_activity_change", pk)
    return redirect(SHEET, session.pk)


@staff_page(Registration)
def attendance(request, pk):
    """GET: the list, page by page. POST: saves what was ticked and unticked, whichever button was pressed.

    `all` asks first whether all with a seat attended; `find` and `show` lead on to what is searched for, or to that tab. 422 with
    errors, 503 when busy.
    """
    session = get_object_or_404(Session.objects.select_related("activity"), pk=pk)
    if not may_check_in(request.user, session.activity):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    if sent is not None and "all" in sent and not is_confirmed(request):
        return ask(request, _all_question(session), back_url=request.get_full_path())
    sheet, form = AttendanceSheet(session, request.GET, sent), MethodForm(sent)
    error, status = "", 422 if form.is_bound else 200
    if sent is not None:
        form.check(sheet)
    if form.is_valid() and not sheet.errors:
        try:
            _keep(request, sheet, form.cleaned_data)
        except ValidationError as problem:
            error = " ".join(problem.messages)
        except Busy:
            error, status = str(BUSY), 503
        else:
            return redirect(_next_address(request))
    context = _context(request, session) | {"sheet": sheet, "form": form, "error": error}
    return TemplateResponse(request, "admin/events/registration/attendance.html", context, status=status)


def _all_question(session):
    number = Registration.objects.absent_from(session).count()
    text = ngettext(
        "%(number)d more is written as having been there the whole time.",
        "%(number)d more are written as having been there the whole time.",
        number,
    )
    return Question(
        title=gettext("Were all with a seat here?"),
        text=text % {"number": number},
        yes=gettext("Yes, all were here"),
    )


def _keep(request, sheet, data):
    by, method = request.user, data["method"]
    saved, removed = save_attendance(
        sheet.session, by=by, shown=sheet.shown, here=sheet.here, method=method, reason=data["reason"]
    )
    if "all" in request.POST:
        number = confirm_all(sheet.session, by=by, method=method)
        text = ngettext("%(number)d more was there.", "%(number)d more were there.", number)
        messages.success(request, text % {"number": number})
    elif saved or removed or not _leads_on(request):
        text = gettext("Saved: %(kept)d ticked or corrected, %(gone)d taken away.")
        messages.success(request, text % {"kept": saved, "gone": removed})


def _leads_on(request):
    return "find" in request.POST or "show" in request.POST


def _next_address(request):
    if not _leads_on(request):
        return request.get_full_path()
    return f"{request.path}?{urlencode({'q': request.POST.get('q', ''), 'show': request.POST.get('show', '')})}"


def _context(request, session):
    activity = session.activity
    manages_list = may_manage_registrations(request.user)
    return {
        "title": gettext("Who was there"),
        "activity": activity,
        "session": session,
        "session_text": session_text(session),
        "has_begun": session.starts_at <= timezone.now(),
        "sessions": [
            {"text": session_text(each), "url": reverse(SHEET, args=[each.pk]), "is_this": each == session}
            for each in activity.sessions.all()
        ],
        "list_url": list_url(activity.pk) if manages_list else "",
        "write_url": write_to_url(activity, rows=Registration.objects.absent_from(session))
        if manages_list and session.is_over
        else "",
    }
