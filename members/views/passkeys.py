"""Passkeys: offered once, added, and then the shortest way in."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def offer(request):
    """GET: what a passkey is good for, with two ways on; comes by itself after the first sign-in, once."""
    return render(request, "account/passkey_offer.html")


class AddPasskey(AddWebAuthnView):
    """Recovery codes are shown to those whose passkey is a second step, and to nobody else."""

    def form_valid(self, form):
        """Whoever has just opened a new passkey need not show at once again who they are."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="webauthn", reauthenticated=True)
        return response

    def get_success_url(self):
        return super().get_success_url() if self.request.user.is_staff else reverse("mfa_index")


add = AddPasskey.as_view()
