"""Mail that people may switch off, by kind. Each app has kinds of its own:

    REMINDER = kind("reminder", _("Reminders"), _("The day before an activity you are signed up to."))
    notify(user, REMINDER, event="reminder", context={…}, cause=f"reminder:{registration.pk}")

Mail about signing in, invitations and the like cannot be switched off and is queued by `mail.queue`.
"""

from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from creativenorth import mail
from creativenorth.hooks import Hook
from creativenorth.text import encryption
from members.models import NotificationChoice, User

notification_kinds = Hook("Values: each a `NotificationKind`, in the order of the page where people choose.")


@dataclass(frozen=True)
class NotificationKind:
    """One line of the page where people choose: its name and when it comes. `for_staff` is shown to staff only."""

    key: str
    name: str
    text: str
    for_staff: bool = False


def kind(key, name, text, *, for_staff=False):
    return notification_kinds.register(NotificationKind(key, name, text, for_staff)).key


def kind_with_key(key):
    return next((each for each in notification_kinds if each.key == key), None)


def kinds_for(user):
    """[(kind, is it on)]."""
    off = set(NotificationChoice.objects.filter(user=user).values_list("kind", flat=True))
    return [(each, each.key not in off) for each in notification_kinds if user.is_staff or not each.for_staff]


def notify(user, key, *, event, context, cause, reply_to=""):
    """Queue the mail with an unsubscribe link; None where the kind is off for the person."""
    if kind_with_key(key) is None:
        raise LookupError(f"No such kind of notification: {key}")
    if not user.is_active or NotificationChoice.objects.filter(user=user, kind=key).exists():
        return None
    return mail.queue(
        to=user.email,
        event=event,
        context=context,
        language=user.language,
        cause=cause,
        reply_to=reply_to,
        unsubscribe_url=unsubscribe_url(user, key),
    )


def unsubscribe_url(user, key):
    """A sealed link that works without signing in, cannot be forged and does not tell who the person is."""
    token = encryption.seal(f"unsubscribe:{user.pk}:{key}")
    with translation.override(user.language):
        return settings.SITE_URL + reverse("members:unsubscribe", args=[token])


def unsubscribe_target(token):
    """(person, kind) of a link's token, or None."""
    try:
        purpose, pk, key = encryption.unseal(token).split(":")
    except (InvalidToken, ValueError):
        return None
    person = User.objects.filter(pk=pk, is_active=True).first() if purpose == "unsubscribe" else None
    known = kind_with_key(key)
    return (person, known) if person and known else None


def switch_notification(user, key, *, on):
    """Idempotent; only kinds that are off have a row."""
    if on:
        NotificationChoice.objects.filter(user=user, kind=key).delete()
    else:
        NotificationChoice.objects.get_or_create(user=user, kind=key)
