"""The version of everything public, and scheduled texts."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded


class ContentVersion(models.Model):
    """One row. Triggers of public tables renew `version`, those of the frame's tables `frame` too (creativenorth.web.pagecache)."""

    version = models.UUIDField(default=uuid4)
    frame = models.UUIDField(db_default=RandomUUID())
    checked_at = models.DateTimeField(db_default=Now())  # by creativenorth.publishing.schedule

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="content_version_is_one_row")]

    def __str__(self):
        return str(self.version)


@recorded()
class ScheduledText(models.Model):
    """Texts that replace those of one object at a given time (creativenorth.publishing.scheduled_texts)."""

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
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_scheduled_text_per_object")
        ]

    def __str__(self):
        return f"{known(self, 'content_type')} {self.object_id}"
