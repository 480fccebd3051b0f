"""The states of a registration, why it is in one, and who sees its name."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAMELESS = "–"  # replaces a guest's erased name
NEVER_TOO_MANY = "never_a_seat_too_many"


class State(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    WAITING = "waiting", _("waiting")
    OFFERED = "offered", pgettext_lazy("seat", "offered a seat")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")
    DECLINED = "declined", pgettext_lazy("seat", "declined")


TAKEN = [State.CONFIRMED, State.OFFERED]
ACTIVE = [*TAKEN, State.WAITING]


class Cause(models.TextChoices):
    """Why a registration is in its state, as the history shows it."""

    SIGNED_UP = "signed_up", _("signed up")
    JOINED_QUEUE = "joined_queue", _("put in the queue")
    SEAT_FREE = "seat_free", _("a seat became free")
    ACCEPTED = "accepted", _("said yes to the offer")
    APPROVED = "approved", _("approved by staff")
    SWITCHED = "switched", _("changed between site and online")
    MOVED = "moved", _("moved by staff")
    BY_PERSON = "by_person", _("cancelled by the person")
    BY_LINK = "by_link", _("cancelled by the link in the mail")
    BY_COLLEAGUE = "by_colleague", _("cancelled by a colleague")
    BY_STAFF = "by_staff", _("cancelled by staff")
    ACTIVITY_OFF = "activity_off", _("the activity was cancelled")
    PERSON_LEFT = "person_left", _("the person's account was closed")
    DECLINED = "declined", _("said no to the offer")
    NO_ANSWER = "no_answer", _("no answer in time")
    NOT_APPROVED = "not_approved", _("not approved by staff")
    MERGED = "merged", _("two accounts of one person became one")


class ShownTo(models.TextChoices):
    """Who sees the name among the participants, chosen by the person."""

    NOBODY = "nobody", _("nobody but the organisers")
    PARTICIPANTS = "participants", _("the other participants")
    EVERYONE = "everyone", _("everyone")
