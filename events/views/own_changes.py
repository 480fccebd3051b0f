"""Changing one's registration by its secret link: details, mode, erasure of one's name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from creativenorth.dates import date_text
from events.actions.cancellation import BY_LINK
from events.actions.erasure import erase_guest
from events.actions.mails.links import registration_with_link
from events.actions.own_changes import change_details, may_change_details, switch_mode
from events.actions.seats import Busy
from events.forms.signup import DetailsForm
from events.models import Registration
from events.retention import kept_until
from events.texts import BUSY
from events.views.registration import registration_or_404, run_action


@login_not_required
@never_cache
@sensitive_post_parameters("diet", "access")
@require_http_methods(["GET", "HEAD", "POST"])
def details(request, token):
    """GET: the form with what one has answered. POST: saves it.

    422 with errors, 409 where another tab has changed the same meanwhile, 503 when busy.

    Once staff have ordered the food it asks only who may see the name. 404 where the registration has ended.
    """
    registration = registration_or_404(token)
    if not registration.is_active:
        raise Http404
    form = DetailsForm(request.POST or None, registration=registration, asks_all=may_change_details(registration))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                change_details(registration, by=BY_LINK, details=form.details())
            except Busy:
                form.add_error(None, BUSY)
                status = 503
            else:
                messages.success(request, _("Saved. Thank you for telling us."))
                return redirect("events:registration", token=token)
        else:
            status = form.error_status
    context = {"registration": registration, "activity": registration.activity, "form": form, "token": token}
    return render(request, "events/registration_details.html", context, status=status)


@login_not_required
@never_cache
@require_POST
def mode(request, token):
    """POST: takes part by `mode`, now or when there is a seat; back to the registration, which says how it went."""
    wanted = request.POST.get("mode", "")
    return run_action(
        request,
        token,
        registration_or_404(token),
        lambda registration, by: switch_mode(registration, by=by, mode=wanted),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request, token):
    """GET: what is erased, and what stays until when. POST: erases the guest. 404 for an account, 503 when busy."""
    registration = registration_with_link(token)
    if registration is None or registration.user_id or (registration.is_erased and request.method != "POST"):
        raise Http404
    status, error = 200, ""
    if request.method == "POST":
        try:
            until = erase_guest(registration, by=BY_LINK)
        except Busy:
            status, error = 503, str(BUSY)
        else:
            messages.success(request, _erased_text(until))
            return redirect("events:activity", slug=registration.activity.slug)
    until = kept_until(Registration.objects.filter(pk=registration.pk))
    context = {
        "registration": registration,
        "activity": registration.activity,
        "token": token,
        "error": error,
        "until": date_text(until, with_year=True) if until else "",
    }
    return render(request, "events/registration_erasure.html", context, status=status)


def _erased_text(until):
    if until is None:
        return _("Your name and address are erased.")
    text = _("Your address is erased, and your name goes by itself after %(day)s.")
    return text % {"day": date_text(until, with_year=True)}
