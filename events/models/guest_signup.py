from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.text.addresses import AddressField
from creativenorth.web.once import MadeOnce

LINK_LASTS = timedelta(days=2)
UNCONFIRMED_KEPT = timedelta(days=3)  # longer than the link lasts
CONFIRMED_KEPT = timedelta(days=30)  # without requirements, for those who open the link again


class GuestSignUp(MadeOnce):
    """A guest's sign-up form until its address is confirmed. It holds no seat and is erased after the link has expired.

    `contents` is what `events.forms.signup.GuestForm.contents` returns.
    """

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    activity = models.ForeignKey("events.Activity", models.CASCADE, related_name="+", verbose_name=_("activity"))
    email = AddressField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, default="sv")
    contents = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("guest's sign-up")
        verbose_name_plural = _("guests' sign-ups")
        default_permissions = ()
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self):
        return f"{self.email} · {self.activity}"

    @property
    def is_too_old(self):
        return self.created_at < timezone.now() - LINK_LASTS
