from django.db import models
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known
from members.models.user import User


class NotificationChoice(models.Model):
    """A kind of mail that the person has switched off (members.hooks.notifications); without a row it is on."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications_off", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=40)
    off_since = models.DateTimeField(_("off since"), auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_choice_per_kind")]

    def __str__(self):
        return f"{known(self, 'user')} · {self.kind}"
