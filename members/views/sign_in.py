"""Signing in: a code by e-mail, of which one that no longer works says so; adding a passkey or the authenticator app."""

from allauth.account import views as account
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from creativenorth.text.addresses import normal_address
from members.actions.accounts import note_new_passkey, offer_passkey
from members.forms.sign_in import CODE_SENT_TO

PENDING = "account_login"  # the library's key of the session for a sign-in under way


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_code(request):
    """As the library's view; a code that was sent before works until the new one is on its way."""
    if request.method != "POST":
        return account.request_login_code(request)
    # With a sign-in under way the library would send nothing and lead back to it.
    pending = request.session.pop(PENDING, None)
    response = account.request_login_code(request)
    if _leads_to(response, "account_confirm_login_code"):
        request.session[CODE_SENT_TO] = _address(request.POST.get("email"))
    elif pending:
        request.session[PENDING] = pending
        for text in response.context_data["form"].errors.get("email", []):
            messages.error(request, text)
        return redirect("account_confirm_login_code")
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request):
    """As the library's view. 410 with the way to a new code where that one is too old or has been tried too often.

    The form repeats the address, so that this holds also where the session has ended that asked for the code.
    """
    response = account.confirm_login_code(request)
    if request.user.is_authenticated:
        request.session.pop(CODE_SENT_TO, None)
        return response
    address = _address(request.POST.get("email")) or request.session.get(CODE_SENT_TO, "")
    if not (address and _leads_to(response, "account_request_login_code")):
        return response
    too_old = _("The code no longer works: it is older than half an hour, or you have asked for it in another window.")
    context = {
        "email": address,
        "text": _("Three codes were wrong, so that one no longer works.")
        if hasattr(request, "code_was_guessed_at")
        else too_old,
        "redirect_field": _next_field(request.POST.get("next") or request.GET.get("next")),
    }
    return render(request, "account/code_too_old.html", context, status=410)


def _next_field(path):
    return format_html('<input type="hidden" name="next" value="{}">', path) if path else ""


def _leads_to(response, name):
    return response.status_code == 302 and response.url.partition("?")[0] == reverse(name)


def _address(text):
    try:
        return normal_address(text or "")
    except ValidationError:
        return ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_offer(request):
    """GET: what a passkey is good for; shown once by itself, after the first sign-in. POST: not now, do not offer again."""
    if request.method == "POST":
        offer_passkey(request.user)
        return redirect("members:home")
    return render(request, "account/passkey_offer.html")


class AddPasskey(AddWebAuthnView):
    """Recovery codes are shown only to staff, for whom a passkey is a second factor."""

    def form_valid(self, form):
        """Adding a passkey counts as signing in just now."""
        response = super().form_valid(form)
        note_new_passkey(self.request)
        return response

    def get_success_url(self):
        return super().get_success_url() if self.request.user.is_staff else reverse("mfa_index")


class SwitchOnApp(ActivateTOTPView):
    """Shows the recovery codes afterwards, also where they were made earlier with a passkey."""

    def get_success_url(self):
        return reverse("mfa_view_recovery_codes")


add_passkey = AddPasskey.as_view()
switch_on_app = SwitchOnApp.as_view()
