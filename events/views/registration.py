"""The page of a registration, by its secret link and without an account."""

from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Min
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from creativenorth.dates import calendars, date_text, moment_text
from creativenorth.forms.confirmation import ask, is_confirmed
from creativenorth.forms.once import key_sent
from events.actions.cancellation import BY_LINK, accept, cancel, companions_of, decline
from events.actions.mails.links import registration_path, registration_with_link
from events.actions.seats import Busy
from events.actions.signup import is_one_click_possible, sign_up_again
from events.calendar_files import entries
from events.models import Activity, Audience
from events.pages.queue_position import queue_position, wish_text
from events.pages.registration_texts import cancellation_questions, of_same_mailbox
from events.pages.session_lines import next_line, session_lines
from events.permissions import signup_closed_reason
from events.texts import BUSY
from events.tickets import ticket_svg


def registration_or_404(token):
    """The registration; 404 for an invalid link, and once the guest is erased."""
    registration = registration_with_link(token)
    if registration is None or registration.is_erased:
        raise Http404
    return registration


@login_not_required
@never_cache
@require_safe
def registration(request, token):
    """GET: the state, the queue position and why, the ticket or meeting, and the buttons. 404 for an invalid link."""
    return _page(request, token, registration_or_404(token))


def _page(request, token, registration, *, status=200, error=""):
    activity = registration.activity
    sessions = list(activity.sessions.select_related("activity"))
    has_begun = bool(sessions) and sessions[0].starts_at <= timezone.now()
    ahead = [session for session in sessions if not session.is_over]
    is_over = bool(sessions) and not ahead
    is_coming = registration.is_confirmed and not activity.is_cancelled and not is_over
    can_cancel = registration.is_active and not registration.is_offered and not has_begun
    questions = _questions(registration, can_cancel)
    position = queue_position(registration)
    lines = session_lines(sessions)
    context = {
        "next_line": next_line(lines),
        "registration": registration,
        "activity": activity,
        "lines": lines,
        "is_over": is_over,
        "was_there": is_over and registration.attendances.exists(),
        "token": token,
        "queue_position": position,
        "together_with": [
            (row, questions.get(row.pk)) for row in registration.party_rows() if row.pk != registration.pk
        ],
        "same_mailbox": [(row, registration_path(row)) for row in of_same_mailbox(registration)],
        "until": moment_text(registration.held_until) if registration.is_offered else "",
        "other_mode": _other_mode(registration, has_begun),
        "wish": wish_text(registration, position) if position and registration.wished_mode else "",
        "can_change_details": registration.is_active and not has_begun,
        "can_erase": registration.user_id is None and registration.erase_on is None,
        "erased_on": date_text(registration.erase_on, with_year=True) if registration.erase_on else "",
        "can_cancel": can_cancel,
        "question": questions.get(registration.pk),
        "is_coming_online": is_coming and registration.mode == "online",
        "ticket": ticket_svg(registration) if is_coming and registration.mode == "on_site" else "",
        "google_links": [
            (calendars.google_url(entry), moment_text(entry.starts_at))
            for entry in entries(ahead, mode=registration.mode, now=timezone.now())
            if registration.is_active
        ],
        "again": _again(registration),
        "idempotency_key": uuid4(),
        "error": error,
    }
    return render(request, "events/registration.html", context, status=status)


def _questions(registration, can_cancel):
    """{registration's key: the question before it is cancelled} of the person and of their companions."""
    rows = [registration, *companions_of(registration)] if can_cancel else []
    return dict(zip([row.pk for row in rows], cancellation_questions(registration.activity, rows), strict=True))


def _other_mode(registration, has_begun):
    """The mode that the person can change to, or ""."""
    can_change = registration.is_active and not registration.is_offered and not has_begun
    others = [mode for mode in registration.activity.modes if mode != registration.mode]
    return others[0] if can_change and others else ""


def _again(registration):
    """What the person can sign up to with one click: this activity if the registration has ended, and others to come."""
    now = timezone.now()
    open_now = Activity.objects.public().filter(cancelled_at=None, audience=Audience.PUBLIC)
    open_now = open_now.annotate(starts_at=Min("sessions__starts_at")).filter(starts_at__gt=now)
    coming = open_now.exclude(pk__in=registration.of_same_person().values("activity"))
    coming = coming.order_by("starts_at", "pk").prefetch_related("questions")[:12]
    ready = [
        each for each in coming if not signup_closed_reason(each, each.starts_at, now) and is_one_click_possible(each)
    ]
    return sorted(ready, key=lambda each: each.pk != registration.activity_id)[:3]


@login_not_required
@never_cache
@require_POST
def again(request, token, slug):
    """POST: signs the same person up to that activity, and leads to the new registration. 422 with errors, 503 when busy."""
    registration = registration_or_404(token)
    activity = get_object_or_404(Activity.objects.public(), slug=slug)
    try:
        new = sign_up_again(registration, activity=activity, idempotency_key=key_sent(request))
    except ValidationError as error:
        return _page(request, token, registration, status=422, error=" ".join(error.messages))
    except Busy:
        return _page(request, token, registration, status=503, error=str(BUSY))
    return redirect(registration_path(new))


@login_not_required
@never_cache
@require_POST
def answer(request, token):
    """POST: `answer` yes or no to the offer; back to the registration, which says how it ended."""
    registration = registration_or_404(token)
    action = {"yes": accept, "no": decline}.get(request.POST.get("answer"))
    return run_action(request, token, registration, action) if action else redirect("events:registration", token=token)


@login_not_required
@never_cache
@require_POST
def cancellation(request, token):
    """POST: cancels the registration, or that of the `companion` alone; the next in line is offered the seat.

    Asks first, unless confirmed. 404 for a companion of others.
    """
    registration = registration_or_404(token)
    leaving = registration
    if companion := request.POST.get("companion"):
        leaving = next((row for row in companions_of(registration) if str(row.uuid) == companion), None)
        if leaving is None:
            raise Http404
    if leaving.is_active and not is_confirmed(request):
        question = cancellation_questions(registration.activity, [leaving])[0]
        return ask(request, question, back_url=registration_path(registration))
    return run_action(request, token, registration, lambda row, by: cancel(leaving, by=by))


def run_action(request, token, registration, action):
    try:
        action(registration, by=BY_LINK)
    except ValidationError as error:
        return _page(request, token, registration, status=422, error=" ".join(error.messages))
    except Busy:
        return _page(request, token, registration, status=503, error=str(BUSY))
    return redirect("events:registration", token=token)
