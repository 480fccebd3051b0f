from urllib.parse import urlencode

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members.actions.invitations import (
    InvitationClosed,
    NotInvited,
    accept_invitation,
    account_with_email,
    inviter_may_still_invite,
    is_for,
    may_reopen,
)
from members.forms.invitations import AcceptForm
from members.models import Invitation
from members.models.affiliation import Role


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """GET: who invites to what, and how to accept. POST: accepts, once, and signs in.

    404 for an unknown link; 410 for one that is used, withdrawn or expired; 422 for a form with errors.
    """
    found = get_object_or_404(Invitation.objects.select_related("company", "invited_by").with_token(token))
    if not (found.is_open and inviter_may_still_invite(found)):
        return _closed(request, found)
    way = _way_in(request, found)
    form = AcceptForm(request.POST or None, email=found.email) if way == "new" else None
    if request.method == "POST" and way in ("new", "accept") and (form is None or form.is_valid()):
        return _accept(request, found, form)
    status = 422 if form and form.errors else 200
    next_url = reverse("members:invitation", args=[token])
    context = {"invitation": found, "way": way, "form": form, "next": next_url}
    return render(request, "members/invitation.html", context, status=status)


def _way_in(request, found):
    """What the visitor has to do: "accept", "switch" account, "sign_in", make a "new" account, or "closed": write to us."""
    if request.user.is_authenticated:
        return "accept" if is_for(found, request.user) else "switch"
    account = account_with_email(found.email)
    if account is None or may_reopen(found, account):
        return "new"
    return "sign_in" if account.is_active else "closed"


def _accept(request, found, form):
    try:
        if form is None:
            accept_invitation(invitation=found, user=request.user)
            response = redirect(_first_page(found))
        else:
            person = accept_invitation(invitation=found, **form.cleaned_data)
            response = perform_login(request, person, redirect_url=_first_page(found), email=person.email)
    except InvitationClosed:
        found.refresh_from_db()
        return _closed(request, found)
    except (NotInvited, IntegrityError):  # an account for the address was made meanwhile
        return redirect(request.path)
    messages.success(request, _("You now belong to %(company)s.") % {"company": found.company})
    return response


def _first_page(found):
    if found.role == Role.PARTICIPANT:
        return reverse("members:home")
    return f"{reverse('members:my_company')}?{urlencode({'foretag': found.company.slug})}"


def _closed(request, found):
    reason = "used" if found.accepted_at else "expired" if found.is_too_old else "withdrawn"
    context = {"reason": reason, "invitation": found}
    return render(request, "members/invitation_closed.html", context, status=410)
