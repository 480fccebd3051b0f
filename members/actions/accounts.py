"""What happens to a person's account beside what allauth does."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from members.models import User


def offer_passkey(user):
    """True the first time alone, for a person without a passkey; of two sign-ins at once, for one of them."""
    if user.passkey_offered_at or Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists():
        return False
    never = User.objects.filter(pk=user.pk, passkey_offered_at=None)
    return never.update(passkey_offered_at=timezone.now()) == 1


def forget_ended_sessions():
    """Sessions that are over, and the network addresses noted for them."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
