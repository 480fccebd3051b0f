import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded


class ProfileDraftQuerySet(models.QuerySet):
    def waiting(self):
        """Sent for review and not answered; the longest wait first."""
        return self.filter(submitted_at__isnull=False).order_by("submitted_at")


@recorded()
class ProfileDraft(models.Model):
    """A company's unpublished changes of its profile: one draft, shared by its editors.

    `values` holds the changed fields alone, as members.actions.profile writes them; `editors` who changed each, and when.
    `version` is new with every change, so that staff approve what they have read.
    """

    company = models.OneToOneField(
        "members.Company", models.CASCADE, related_name="draft", verbose_name=_("company"), primary_key=True
    )
    values = models.JSONField(_("changes"), default=dict)
    editors = models.JSONField(_("who changed what"), default=dict)
    version = models.UUIDField(_("version"), default=uuid.uuid4)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent for review at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    returned_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("returned by")
    )
    comment = models.TextField(_("comment"), max_length=2000, blank=True)

    objects = ProfileDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed profile")
        verbose_name_plural = _("changed profiles")
        ordering = ["submitted_at", "changed_at"]
        default_permissions = ("view",)
        permissions = [("review_profile", _("Can approve and return changed profiles"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(returned_at=None), name="profile_draft_waits_or_is_returned"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | ~Q(comment=""),
                name="profile_draft_is_returned_with_a_comment",
                violation_error_message=_("Say what should change."),
            ),
        ]

    def __str__(self):
        return str(known(self, "company"))

    @property
    def is_waiting(self):
        return self.submitted_at is not None

    @property
    def is_returned(self):
        return self.returned_at is not None
