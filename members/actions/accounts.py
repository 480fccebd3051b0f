"""Signing in recently, the offer of a passkey, and sessions that have ended."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from creativenorth import mail
from members.models import User

RECENTLY = 10 * 60  # seconds


def signed_in_recently(request):
    """Whether the person has proved who they are within the last ten minutes, in whichever way."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < RECENTLY for record in records)


def note_new_passkey(request):
    """Opening it has shown who the person is, like a sign-in: what comes next need not ask again."""
    record = {"method": "mfa", "type": "webauthn", "at": time.time(), "reauthenticated": True}
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*records, record]


@transaction.atomic
def note_counter(passkey, counter):
    """Whether the passkey's counter has grown since it was used last; if not, its owner is told, once a day.

    Passkeys that count nothing say 0 each time.
    """
    known = Authenticator.objects.select_for_update().get(pk=passkey.pk)
    seen = known.data["counter"] if "counter" in known.data else known.wrap().authenticator_data.counter
    if counter <= seen and (counter or seen):
        mail.queue(
            to=passkey.user.email,
            event="webauthn_copied",
            context={"passkey": known.wrap().name},
            language=passkey.user.language,
            cause=f"webauthn-copied:{passkey.pk}:{timezone.localdate()}",
        )
        return False
    passkey.data = known.data = known.data | {"counter": counter}
    known.save(update_fields=["data"])
    return True


def waits_for_passkey_offer(user):
    has_passkey = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return user.passkey_offered_at is None and not has_passkey.exists()


def offer_passkey(user):
    """True the first time, for a person without a passkey; of two calls at the same moment one gets True."""
    if not waits_for_passkey_offer(user):
        return False
    never = User.objects.filter(pk=user.pk, passkey_offered_at=None)
    return never.update(passkey_offered_at=timezone.now()) == 1


def forget_ended_sessions():
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
