"""One's place in an activity, by the secret link of the mail: no account is asked for."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Min
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from creativenorth.dates import calendars, date_text
from creativenorth.web import secret_links
from events.actions.leaving import BY_LINK, accept, cancel, decline
from events.actions.mails import MANAGE, place_with
from events.actions.seats import Busy
from events.actions.signup import one_click_possible, sign_up_again
from events.calendar import entries
from events.models import Activity, Audience
from events.pages.queue_position import standing_of, wish_text
from events.pages.session_lines import session_lines
from events.permissions import why_not_open
from events.tickets import ticket_svg
from events.words import BUSY, moment_text


def place_or_404(token):
    """The registration; 404 for no link of ours, and where the guest has asked to be forgotten."""
    registration = place_with(token)
    if registration is None or registration.is_forgotten:
        raise Http404
    return registration


@login_not_required
@never_cache
@require_safe
def place(request, token):
    """GET: state, place in the queue and why, the ticket or meeting, and the ways to answer or cancel. 404 for no link of ours."""
    return _page(request, token, place_or_404(token))


def _page(request, token, registration, *, status=200, error=""):
    activity = registration.activity
    sessions = list(activity.sessions.select_related("activity"))
    has_begun = bool(sessions) and sessions[0].starts_at <= timezone.now()
    is_coming = registration.is_confirmed and not activity.is_cancelled
    standing = standing_of(registration)
    context = {
        "registration": registration,
        "activity": activity,
        "lines": session_lines(sessions),
        "token": token,
        "standing": standing,
        "companions": [row for row in registration.party_rows() if row.pk != registration.pk],
        "until": moment_text(registration.held_until) if registration.is_offered else "",
        "other_mode": _other_mode(registration, has_begun),
        "wish": wish_text(registration, standing) if standing and registration.wished_mode else "",
        "has_told": registration.is_active and not has_begun,
        "can_erase": registration.user_id is None and registration.erase_on is None,
        "erased_on": date_text(registration.erase_on, with_year=True) if registration.erase_on else "",
        "can_cancel": registration.is_active and not registration.is_offered and not has_begun,
        "is_coming_online": is_coming and registration.mode == "online",
        "ticket": ticket_svg(registration) if is_coming and registration.mode == "on_site" else "",
        "google_links": [
            (calendars.google_url(entry), moment_text(entry.starts_at))
            for entry in entries(sessions, mode=registration.mode, now=timezone.now())
        ],
        "again": _again(registration),
        "idempotency_key": uuid4(),
        "error": error,
    }
    return render(request, "events/place.html", context, status=status)


def _other_mode(registration, has_begun):
    """The other way in which the person could take part, where there is one to change to."""
    can_change = registration.is_active and not registration.is_offered and not has_begun
    others = [mode for mode in registration.activity.modes if mode != registration.mode]
    return others[0] if can_change and others else ""


def _again(registration):
    """What the person can sign up to with one click: this activity where their place has ended, and others to come."""
    now = timezone.now()
    open_now = Activity.objects.public().filter(cancelled_at=None, audience=Audience.PUBLIC)
    open_now = open_now.annotate(starts_at=Min("sessions__starts_at")).filter(starts_at__gt=now)
    coming = open_now.exclude(pk__in=registration.of_same_person().values("activity"))
    coming = coming.order_by("starts_at", "pk").prefetch_related("questions")[:12]
    ready = [each for each in coming if not why_not_open(each, each.starts_at, now) and one_click_possible(each)]
    return sorted(ready, key=lambda each: each.pk != registration.activity_id)[:3]


@login_not_required
@never_cache
@require_POST
def again(request, token, slug):
    """POST: signs the same person up once more, to that activity, and leads to the new place."""
    registration = place_or_404(token)
    activity = get_object_or_404(Activity.objects.public(), slug=slug)
    try:
        idempotency_key = UUID(request.POST.get("idempotency_key", ""))
        new = sign_up_again(registration, activity=activity, idempotency_key=idempotency_key)
    except ValidationError as error:
        return _page(request, token, registration, status=422, error=" ".join(error.messages))
    except ValueError:
        return redirect("events:place", token=token)
    except Busy:
        return _page(request, token, registration, status=503, error=str(BUSY))
    return redirect("events:place", token=secret_links.token(new.uuid, MANAGE))


@login_not_required
@never_cache
@require_POST
def answer(request, token):
    """POST: `answer` yes or no to the seat that is held; back to the place, which says how it ended."""
    registration = place_or_404(token)
    action = {"yes": accept, "no": decline}.get(request.POST.get("answer"))
    return act(request, token, registration, action) if action else redirect("events:place", token=token)


@login_not_required
@never_cache
@require_POST
def cancellation(request, token):
    """POST: gives the place back; the next in line is offered it."""
    return act(request, token, place_or_404(token), cancel)


def act(request, token, registration, action):
    try:
        action(registration, by=BY_LINK)
    except ValidationError as error:
        return _page(request, token, registration, status=422, error=" ".join(error.messages))
    except Busy:
        return _page(request, token, registration, status=503, error=str(BUSY))
    return redirect("events:place", token=token)
