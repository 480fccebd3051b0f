"""A change of an activity that people may need to hear of, and staff's choice whether they do."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded


class Choice(models.TextChoices):
    ASKED = "asked", _("not chosen yet")
    TELL = "tell", _("told by mail")
    SILENT = "silent", _("not told")


class NoticeQuerySet(models.QuerySet):
    def waiting(self):
        """Asked about, or about to leave."""
        return self.exclude(choice=Choice.SILENT).filter(told_at=None)

    def due(self, now):
        return self.filter(choice=Choice.TELL, told_at=None, leaves_at__lte=now)


@recorded()
class Notice(models.Model):
    """Changes of one activity since `before`: its dates, place and seats as people know them.

    Those of one `group` were changed together, as dates of a series, and are chosen about and told of together. While one
    waits, further changes of the activity join it, so that people get one mail.
    """

    activity = models.ForeignKey("events.Activity", models.CASCADE, related_name="notices", verbose_name=_("activity"))
    group = models.UUIDField(_("changed together"), default=uuid4, editable=False, db_index=True)
    before = models.JSONField(_("as people know it"))
    changed_at = models.DateTimeField(_("changed at"), auto_now_add=True)
    choice = models.CharField(_("those concerned are"), max_length=6, choices=Choice, default=Choice.ASKED)
    line_sv = models.CharField(_("staff’s own line, in Swedish"), max_length=600, blank=True)
    line_en = models.CharField(_("staff’s own line, in English"), max_length=600, blank=True)
    decided_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("chosen by")
    )
    decided_at = models.DateTimeField(_("chosen at"), null=True, blank=True)
    leaves_at = models.DateTimeField(_("leaves at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    told_number = models.PositiveIntegerField(_("people told"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a change")
        verbose_name_plural = _("notices of changes")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(told_at=None) & ~Q(choice=Choice.SILENT),
                name="one_notice_of_an_activity_waits",
            ),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="notice_choice_is_known"),
            models.CheckConstraint(
                condition=Q(choice=Choice.TELL, leaves_at__isnull=False) | ~Q(choice=Choice.TELL),
                name="notice_that_is_told_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(choice=Choice.TELL), name="notice_is_told_where_chosen"
            ),
        ]

    def __str__(self):
        return str(known(self, "activity"))
