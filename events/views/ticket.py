from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.tickets import registration_of


@never_cache
@require_safe
def ticket(request, token):
    """GET: whose ticket it is and whether it is good, for staff at the door. 403 for others, 404 for no ticket of ours."""
    registration = registration_of(token)
    if registration is None:
        raise Http404
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "events/ticket.html", {"registration": registration, "activity": registration.activity})
