from django.db import models
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from creativenorth.text.constraints import is_known
from events.models import Activity, Role
from programmes.models.project import Project


@recorded()
class ActivityFunding(models.Model):
    """Under which project an activity runs, and how it counts there: chosen from its first day, since it cannot be told later."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="funding", verbose_name=_("activity"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="fundings", verbose_name=_("project"))
    is_selective = models.BooleanField(
        _("an advantage for chosen companies"),
        default=False,
        help_text=_("Advice or training that some companies get and others do not: it may be state aid."),
    )
    default_role = models.CharField(
        _("who comes"),
        max_length=11,
        choices=Role,
        default=Role.RECIPIENT,
        help_text=_("The role of everybody who is checked in."),
    )

    class Meta:
        verbose_name = _("funding of an activity")
        verbose_name_plural = _("project and funding")
        ordering = ["pk"]
        constraints = [is_known("default_role", Role, "funding_gives_a_known_role")]

    def __str__(self):
        return f"{known(self, 'activity')} · {known(self, 'project')}"
