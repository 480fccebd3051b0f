"""Signing up to an activity: members by their account, guests by an address that they confirm."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creativenorth.forms.confirmation import ask, is_confirmed
from creativenorth.web import limits
from creativenorth.web.limits import LimitReached
from events.actions import guests
from events.actions.cancellation import cancel
from events.actions.mails.links import registration_path
from events.actions.seats import Busy
from events.actions.signup import people_of_companies, sign_up
from events.forms.signup import GuestForm, MemberForm
from events.models import Activity, Registration
from events.pages.clashes import warnings_after, warnings_for
from events.pages.guest_confirmation import confirmation_of
from events.pages.registration_texts import cancellation_questions
from events.pages.session_lines import session_lines
from events.pages.signup_box import sign_up_box
from events.texts import BUSY

SENT_TO = "guest_sign_up_sent_to"  # the session's key of the address to which a guest's link is on its way


@login_not_required
@never_cache
@sensitive_post_parameters("diet", "access")
@require_http_methods(["GET", "HEAD", "POST"])
def signup(request, slug):
    """GET: the form, or why there is none. POST: signs up and leads to the registration; guests are sent a link first.

    422 with errors, 429 when a limit is reached, 503 when the seats are busy; the form is kept each time.
    """
    activities = Activity.objects.visible_to(request.user).prefetch_related("sessions", "questions")
    activity = get_object_or_404(activities, slug=slug)
    box = sign_up_box(activity, request.user)
    if request.method != "POST":
        return _page(request, box, _form(request, box) if box.is_open else None)
    form = _form(request, box, request.POST) if box.is_open else None
    if form is None or not form.is_valid():
        return _page(request, box, form, status=422)
    return (_member if request.user.is_authenticated else _guest)(request, box, form)


def _form(request, box, data=None):
    if request.user.is_authenticated:
        # A form sent twice is read alike both times: the second time `sign_up` finds the registration of the first.
        is_signed_up = box.registration is not None and data is None
        left_out = {row.user_id for row in box.colleagues} if data is None else ()
        form = MemberForm(
            data,
            activity=box.activity,
            user=request.user,
            people=_people(request),
            is_signed_up=is_signed_up,
            left_out=left_out,
        )
        return form if form.attendees_by_key else None
    return GuestForm(data, activity=box.activity) if box.activity.takes_guests else None


def _page(request, box, form, *, status=200, error=""):
    context = {
        "error": error,
        "activity": box.activity,
        "box": box,
        "lines": session_lines(box.activity.sessions.all()),
        "form": form,
        "warnings": _warnings(request, box) if request.user.is_authenticated and box.is_open else [],
        "crumbs": [
            {"label": _("Activities"), "url": reverse("events:activities")},
            {"label": box.activity.title, "url": box.activity.url},
        ],
    }
    return render(request, "events/signup.html", context, status=status)


def _people(request):
    """Those of the person's companies, asked for once in a request."""
    if not hasattr(request, "people_of_companies"):
        request.people_of_companies = people_of_companies(request.user)
    return request.people_of_companies


def _warnings(request, box):
    return warnings_for(request.user, box.activity, _people(request))


def _member(request, box, form):
    try:
        rows = sign_up(
            box.activity,
            attendees=form.attendees(),
            mode=form.mode,
            idempotency_key=form.cleaned_data["idempotency_key"],
            by=request.user,
            together=form.together,
            details=form.details(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, box, form, status=422)
    except Busy:
        form.add_error(None, BUSY)
        return _page(request, box, form, status=503)
    is_own = len(rows) == 1 and rows[0].user == request.user
    messages.success(request, _done_text(rows, is_own))
    for note in warnings_after(rows, request.user):
        messages.info(request, note)
    return redirect(registration_path(rows[0])) if is_own else redirect("events:activity", slug=box.activity.slug)


def _done_text(rows, is_own):
    if not is_own:
        names = ", ".join(f"{row.name} ({row.get_state_display()})" for row in rows)
        return _("Signed up: %(names)s.") % {"names": names}
    return _("You are signed up.") if rows[0].is_confirmed else _("We have your sign-up.")


@never_cache
@require_POST
def colleague_cancellation(request, slug):
    """POST: cancels the `registration` of a colleague, and leads to the sign-up with those who are left.

    Asks first, unless confirmed. 404 where the person may not edit the company; 422 once the activity has begun, 503 when the
    seats are busy.
    """
    activity = get_object_or_404(Activity.objects.visible_to(request.user), slug=slug)
    rows = Registration.objects.of_colleagues(request.user).filter(activity=activity).select_related("activity", "user")
    row = get_object_or_404(rows, uuid=_uuid(request.POST.get("registration")))
    if row.is_active and not is_confirmed(request):
        return ask(request, cancellation_questions(activity, [row])[0], back_url=reverse("events:signup", args=[slug]))
    try:
        cancel(row, by=request.user)
    except (ValidationError, Busy) as error:
        is_busy = isinstance(error, Busy)
        box = sign_up_box(activity, request.user)
        form = _form(request, box) if box.is_open else None
        text = str(BUSY) if is_busy else " ".join(error.messages)
        return _page(request, box, form, status=503 if is_busy else 422, error=text)
    messages.success(request, _("%(name)s no longer has a place.") % {"name": row.name})
    return redirect("events:signup", slug=slug)


def _uuid(text):
    try:
        return UUID(text or "")
    except ValueError:
        raise Http404 from None


def _guest(request, box, form):
    email = form.cleaned_data["email"]
    if form.is_trapped():
        return _to_sent(request, box, email)
    writing = {"activity": box.activity, "email": email, "contents": form.contents()}
    key = guests.form_key(form.cleaned_data["idempotency_key"], **writing)
    try:
        if not guests.is_received(key):
            used = limits.use("guest_sign_up", request=request, address=email)
            guests.mail_confirmation_link(key=key, language=get_language(), used=used, **writing)
    except LimitReached as reached:
        form.add_error(None, reached.text)
        return _page(request, box, form, status=429)
    return _to_sent(request, box, email)


def _to_sent(request, box, email):
    request.session[SENT_TO] = email
    return redirect("events:signup_sent", slug=box.activity.slug)


@login_not_required
@never_cache
@require_safe
def sent(request, slug):
    """GET: says that a link is on its way to the guest's mailbox."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user), slug=slug)
    return render(request, "events/signup_sent.html", {"activity": activity, "email": request.session.get(SENT_TO)})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_confirmation(request, token):
    """GET: a button to confirm, since mail programs open links by themselves. POST: signs the guest up, once.

    Once confirmed, both lead to the registration. 404 for an invalid link, 410 for an expired one, 422 and 503 as in `signup`.
    """
    form = guests.guest_sign_up_with_link(token)
    if form is None:
        raise Http404
    if form.is_too_old and form.confirmed_at is None:
        return _confirmation_page(request, form, status=410)
    if request.method != "POST":
        return _to_registration(form.registration) if form.registration else _confirmation_page(request, form)
    try:
        registration = guests.confirm(form)
    except ValidationError as error:
        return _confirmation_page(request, form, status=422, error=" ".join(error.messages))
    except Busy:
        return _confirmation_page(request, form, status=503, error=str(BUSY))
    request.session.pop(SENT_TO, None)
    return _to_registration(registration)


def _to_registration(registration):
    return redirect(registration_path(registration))


def _confirmation_page(request, form, *, status=200, error=""):
    context = {
        "activity": form.activity,
        "is_too_old": status == 410,
        "confirmation": confirmation_of(form),
        "error": error,
    }
    return render(request, "events/guest_confirmation.html", context, status=status)
