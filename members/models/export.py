import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """A log row: somebody has exported a list. The database refuses changes and deletion.

    `narrowed` names the filters without their values, which may be somebody's name.
    """

    what = models.CharField(_("list"), max_length=60)
    form = models.CharField(_("as"), max_length=4, choices=[("xlsx", "Excel"), ("csv", "CSV")])
    narrowed = models.CharField(_("filtered by"), max_length=200, blank=True)
    row_count = models.PositiveIntegerField(_("rows"))
    made_by = models.ForeignKey("members.User", models.PROTECT, related_name="+", verbose_name=_("taken out by"))
    made_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view", "add")
        triggers = [pgtrigger.Protect(name="export_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.what}, {self.row_count}"
