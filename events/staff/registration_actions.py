"""Staff's actions on one registration, each a page with a small form."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.staff.pages import staff_page
from events.actions.cancellation import cancel
from events.actions.erasure import erase_guest
from events.actions.participants import move, set_queue_position, turn_down
from events.actions.seats import Busy
from events.forms.participants import CancelRegistrationForm, MoveForm, QueueForm, ReasonForm, RegistrationForm
from events.models import Registration
from events.permissions import may_manage_registrations
from events.texts import BUSY


@dataclass(frozen=True)
class RegistrationAction:
    title: str
    form_class: type
    action: Callable
    text: str = ""


# By the last word of their address.
REGISTRATION_ACTIONS = {
    "move": RegistrationAction(_("Move"), MoveForm, move),
    "queue": RegistrationAction(_("Place in the queue"), QueueForm, set_queue_position),
    "refusal": RegistrationAction(_("Turn down"), ReasonForm, turn_down),
    "cancellation": RegistrationAction(_("Take off the list"), CancelRegistrationForm, cancel),
    "erasure": RegistrationAction(
        _("Erase the name"),
        RegistrationForm,
        erase_guest,
        _(
            "Name, address and answers go from everything that the guest has signed up to; seats to come are cancelled. "
            "Where a funder’s papers need the name it stays until they no longer do, and then goes by itself."
        ),
    ),
}


def action_links(registration):
    """(title, address) of each action that is possible in the registration's state."""
    names = ["move", "cancellation"] * registration.is_active + ["queue", "refusal"] * registration.is_waiting
    names += ["queue"] * bool(registration.wished_mode)
    names += ["erasure"] * (registration.user_id is None and registration.erase_on is None)
    return [
        (REGISTRATION_ACTIONS[name].title, reverse(f"admin:events_registration_{name}", args=[registration.pk]))
        for name in names
    ]


@staff_page(Registration, allowed=may_manage_registrations)
def registration_action(request, pk, name):
    """GET: the form of the action. POST: runs it; 422 with errors, 503 when busy."""
    registration = get_object_or_404(Registration.objects.select_related("activity", "user"), pk=pk)
    chosen = REGISTRATION_ACTIONS[name]
    form = chosen.form_class(request.POST if request.method == "POST" else None, registration=registration)
    status = 422 if form.is_bound else 200
    back_url = reverse("admin:events_registration_change", args=[pk])
    if form.is_valid():
        try:
            chosen.action(registration, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except Busy:
            form.add_error(None, BUSY)
            status = 503
        else:
            messages.success(request, gettext("Done."))
            return redirect(back_url)
    context = {
        "title": chosen.title,
        "text": chosen.text,
        "form": form,
        "object": registration,
        "back_url": back_url,
    }
    return TemplateResponse(request, "admin/events/registration/action.html", context, status=status)
