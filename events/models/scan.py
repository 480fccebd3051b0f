import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creativenorth.history import known, recorded
from creativenorth.text.constraints import is_known
from events.models.attendance import Method


class Passing(models.TextChoices):
    IN = "in", pgettext_lazy("door", "in")
    OUT = "out", pgettext_lazy("door", "out")
    UNDO = "undo", _("undone")


class Outcome(models.TextChoices):
    """What the portal made of it."""

    OK = "ok", pgettext_lazy("door", "let in")
    ALREADY = "already", _("was here already")
    CANCELLED = "cancelled", _("let in although the seat was cancelled")
    WAITING = "waiting", _("let in without a seat")
    OTHER_ACTIVITY = "other", _("a ticket for another activity")
    UNKNOWN = "unknown", _("no ticket of ours")
    CONFLICT = "conflict", _("was somewhere else at the same time")


class ScanQuerySet(models.QuerySet):
    def that_count(self, session, registrations):
        """Arrivals and departures of the person at the session, without those that were undone."""
        own = self.filter(session=session, registration__in=registrations)
        undone = own.filter(kind=Passing.UNDO).exclude(undoes=None).values("undoes")
        return own.exclude(kind=Passing.UNDO).exclude(idempotency_key__in=undone)


@recorded()
class Scan(models.Model):
    """What was seen at the door, one row each time, kept as it was seen; also tickets that did not fit.

    `happened_at` is the device's own time put right by the difference to the server's clock, `clock_offset` in seconds. The
    idempotency key is made where it was seen, so that sending it again changes nothing.
    """

    idempotency_key = models.UUIDField(unique=True, editable=False)
    session = models.ForeignKey("events.Session", models.PROTECT, related_name="scans", verbose_name=_("session"))
    registration = models.ForeignKey(
        "events.Registration",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scans",
        verbose_name=_("registration"),
    )
    kind = models.CharField(pgettext_lazy("door", "what"), max_length=4, choices=Passing, default=Passing.IN)
    undoes = models.UUIDField(_("undoes"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("what came of it"), max_length=9, choices=Outcome)
    method = models.CharField(_("how it is known"), max_length=6, choices=Method, default=Method.TICKET)
    happened_at = models.DateTimeField(_("seen at"))
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    was_offline = models.BooleanField(_("kept on the phone first"), default=False)
    clock_offset = models.IntegerField(_("the phone’s clock was behind by, seconds"), default=0)
    device = models.CharField(_("seen with"), max_length=40, blank=True)
    by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan at the door")
        verbose_name_plural = _("scans at the door")
        ordering = ["happened_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            is_known("kind", Passing, "scan_of_a_known_kind"),
            is_known("outcome", Outcome, "scan_of_a_known_outcome"),
            is_known("method", Method, "scan_known_in_a_known_way"),
        ]
        triggers = [pgtrigger.ReadOnly(name="scan_stays_as_it_was_seen", exclude=["by"])]

    def __str__(self):
        return f"{known(self, 'registration')} · {known(self, 'session')}"
