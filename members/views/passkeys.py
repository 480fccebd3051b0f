"""Adding a passkey, the offer of one, and the authenticator app."""

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.actions.accounts import note_new_passkey, offer_passkey


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request):
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


add = AddPasskey.as_view()
switch_on_app = SwitchOnApp.as_view()
