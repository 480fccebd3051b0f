"""Passkeys: offered once, added, and then the shortest way in; and the app that is a second step."""

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
    """GET: what a passkey is good for, with two ways on; comes by itself after the first sign-in, once.

    POST: not now; it is not offered again.
    """
    if request.method == "POST":
        offer_passkey(request.user)
        return redirect("members:home")
    return render(request, "account/passkey_offer.html")


class AddPasskey(AddWebAuthnView):
    """Recovery codes are shown to those whose passkey is a second step, and to nobody else."""

    def form_valid(self, form):
        response = super().form_valid(form)
        note_new_passkey(self.request)
        return response

    def get_success_url(self):
        return super().get_success_url() if self.request.user.is_staff else reverse("mfa_index")


class SwitchOnApp(ActivateTOTPView):
    """The codes for the day without a phone are shown now, also where they were made earlier, with a passkey."""

    def get_success_url(self):
        return reverse("mfa_view_recovery_codes")


add = AddPasskey.as_view()
switch_on_app = SwitchOnApp.as_view()
