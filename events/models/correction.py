import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from creativenorth.text.constraints import is_not_empty


@recorded()
class Correction(models.Model):
    """Why what was believed of somebody at a session was changed, with what stood before and after; never changed itself.

    Nothing `before`: somebody was added once the session had been closed. Nothing `after`: the person was not there.
    """

    session = models.ForeignKey("events.Session", models.PROTECT, related_name="corrections", verbose_name=_("session"))
    registration = models.ForeignKey(
        "events.Registration", models.PROTECT, related_name="corrections", verbose_name=_("registration")
    )
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    reason = models.CharField(_("why"), max_length=240)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("correction of attendance")
        verbose_name_plural = _("corrections of attendance")
        ordering = ["pk"]
        default_permissions = ("view",)
        constraints = [
            is_not_empty("reason", "correction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="correction_of_something"
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="correction_stays_as_it_is", exclude=["by"])]

    def __str__(self):
        return f"{known(self, 'registration')} · {self.reason}"
