from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now


class ContentVersion(models.Model):
    """One row. Triggers of public tables renew `version`, those of the frame's tables `frame` too (creativenorth.web.pagecache)."""

    version = models.UUIDField(default=uuid4)
    frame = models.UUIDField(db_default=RandomUUID())
    checked_at = models.DateTimeField(db_default=Now())  # by creativenorth.publishing.schedule

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="content_version_is_one_row")]

    def __str__(self):
        return str(self.version)
