"""The version of everything public, and texts that are shown from a time on."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from creativenorth.history import recorded


class ContentVersion(models.Model):
    """One row; triggers of public tables give it a new version, those of the frame's tables two (creativenorth.web.pagecache)."""

    version = models.UUIDField(default=uuid4)
    frame = models.UUIDField(db_default=RandomUUID())
    checked_at = models.DateTimeField(db_default=Now())  # by creativenorth.publishing

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="content_version_is_one_row")]

    def __str__(self):
        return str(self.version)


@recorded()
class ScheduledText(models.Model):
    """Texts of one object that are shown from a time on (creativenorth.publishing.scheduled_texts)."""

    content_type = models.ForeignKey("contenttypes.ContentType", models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    texts = models.JSONField(_("texts"))
    shown_at = models.DateTimeField(_("shown from"), db_index=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        verbose_name = _("text that waits")
        verbose_name_plural = _("texts that wait")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_text_waits_for_an_object")
        ]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"
