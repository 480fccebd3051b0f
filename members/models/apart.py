from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativenorth.history import recorded
from members.models.company import Company
from members.models.user import User


@recorded()
class Apart(models.Model):
    """Two companies look alike and are not the same: staff have said so, and are not asked again.

    `one` is the lower number of the two. Where one of them is merged with a third, the question is open again.
    """

    one = models.ForeignKey(Company, models.CASCADE, related_name="+", verbose_name=_("company"))
    two = models.ForeignKey(Company, models.CASCADE, related_name="+", verbose_name=_("the other company"))
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("companies that are not the same")
        verbose_name_plural = _("companies that are not the same")
        ordering = ["-decided_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("two")), name="apart_in_order"),
            models.UniqueConstraint(fields=["one", "two"], name="apart_is_said_once"),
        ]

    def __str__(self):
        return f"{self.one} ≠ {self.two}"
