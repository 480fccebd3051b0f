from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from creativenorth.web import secret_links

PURPOSE = "feed"


@recorded()
class Feed(models.Model):
    """A private calendar feed of a person or a company, at a secret address that can be revoked."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    user = models.ForeignKey("members.User", models.CASCADE, related_name="feeds", verbose_name=_("person"))
    company = models.ForeignKey(
        "members.Company", models.CASCADE, null=True, blank=True, related_name="feeds", verbose_name=_("company")
    )
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "company"],
                condition=Q(revoked_at=None),
                nulls_distinct=False,
                name="one_feed_of_each_kind_per_person",
            )
        ]

    def __str__(self):
        return f"{known(self, 'user')} · {known(self, 'company') or _('own')}"

    @property
    def token(self):
        return secret_links.token(self.uuid, PURPOSE)
