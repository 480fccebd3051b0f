"""Check-in on the phone, without JavaScript: find, let in, let out, undo."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from creativenorth.forms.once import deed_key, key_sent
from creativenorth.text.numbers import whole_number
from events.actions.attendance import current_session
from events.actions.door.scans import Seen, record_scan
from events.actions.seats import Busy
from events.models import Activity, Method, Passing
from events.pages.check_in import DoorList
from events.permissions import may_check_in
from events.texts import BUSY, session_text


def _activity(request, slug):
    activity = get_object_or_404(Activity.objects.visible_to(request.user), slug=slug)
    if not may_check_in(request.user, activity):
        raise PermissionDenied
    return activity


def _session(activity, sent):
    key = whole_number(sent.get("session", ""))
    if key:
        return get_object_or_404(activity.sessions, pk=key)
    return current_session(activity) or activity.sessions.begun().last() or activity.sessions.first()


@never_cache
@require_safe
def check_in(request, slug):
    """GET: the list at the door of the session, searched by `q`. 404 where the activity is unknown, 403 for who does not check in."""
    activity = _activity(request, slug)
    session = _session(activity, request.GET)
    context = {
        "activity": activity,
        "session": session,
        "session_text": session and session_text(session),
        "sessions": [(each.pk, session_text(each)) for each in activity.sessions.all()],
        "door": session and DoorList(session, request.GET),
    }
    return render(request, "events/check_in.html", context)


@never_cache
@require_POST
def passing(request, slug):
    """POST: lets in, lets out or undoes, once for each key; Enter in the search lets in the only one found. Back to the list."""
    activity = _activity(request, slug)
    session = get_object_or_404(activity.sessions, pk=whole_number(request.POST.get("session", "")) or 0)
    q = request.POST.get("q", "")
    if "registration" in request.POST:
        row = get_object_or_404(activity.registrations, uuid=_uuid(request.POST["registration"]))
    elif hit := DoorList(session, request.POST).only_hit:
        row, q = activity.registrations.get(uuid=hit.uuid), ""
    else:
        return redirect(_back(activity, session, q))
    kind = request.POST.get("kind")
    kind = Passing(kind if kind in Passing.values else Passing.IN)
    seen = Seen(
        key=deed_key(key_sent(request), row.uuid, kind),
        happened_at=timezone.now(),
        kind=kind,
        method=Method.TICKET if "/" in request.POST.get("q", "") else Method.TICK,
        undoes=_uuid(request.POST.get("undoes", "")),
    )
    try:
        scan = record_scan(session, row, seen, by=request.user)
    except Busy:
        messages.error(request, str(BUSY))
    else:
        words = scan.get_outcome_display() if scan.kind == Passing.IN else scan.get_kind_display()
        messages.success(request, gettext("%(name)s: %(words)s") % {"name": row.name, "words": words})
    return redirect(_back(activity, session, q))


def _back(activity, session, q):
    return f"{reverse('events:check_in', args=[activity.slug])}?{urlencode({'session': session.pk, 'q': q})}"


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None
