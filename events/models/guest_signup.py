from datetime import timedelta

from django.db import models
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.once import MadeOnce
from creativenorth.history import known
from creativenorth.text.addresses import AddressField

LINK_LASTS = timedelta(days=2)
UNCONFIRMED_KEPT = timedelta(days=3)  # longer than the link lasts
CONFIRMED_KEPT = timedelta(days=30)  # without requirements, for those who open the link again


class GuestSignUp(MadeOnce):
    """A guest's sign-up form until its address is confirmed. It holds no seat and is erased after the link has expired.

    `registration` is what its link opens once it is confirmed. `contents` is what `events.forms.signup.GuestForm.contents`
    returns; `used` is for `creativenorth.web.limits.give_back`.
    """

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    activity = models.ForeignKey("events.Activity", models.CASCADE, related_name="+", verbose_name=_("activity"))
    email = AddressField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, default="sv")
    contents = models.JSONField(default=dict)
    used = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    registration = models.ForeignKey(
        "events.Registration", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("registration")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("guest's sign-up")
        verbose_name_plural = _("guests' sign-ups")
        default_permissions = ()
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self):
        return f"{self.email} · {known(self, 'activity')}"

    @property
    def works_until(self):
        """Two days, or as long as anybody can sign up."""
        starts_at = self.activity.sessions.aggregate(first=Min("starts_at"))["first"]
        ends = [self.created_at + LINK_LASTS, self.activity.signup_closes_at, starts_at]
        return min(end for end in ends if end)

    @property
    def is_too_old(self):
        return self.works_until < timezone.now()
