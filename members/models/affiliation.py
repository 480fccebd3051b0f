import hashlib
import secrets
from datetime import timedelta
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from creativenorth.prepared import Today
from creativenorth.publishing import public_data
from creativenorth.text.addresses import AddressField
from creativenorth.text.constraints import is_known_language
from members.models.membership import day_range, equal_columns


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")
    PARTICIPANT = "participant", _("participant")


RANK = {Role.PARTICIPANT: 0, Role.EDITOR: 1, Role.OWNER: 2}


class TargetGroup(models.TextChoices):
    MANAGER = "manager", _("managers")
    PROJECT_LEADER = "project_leader", _("project leaders")
    CREATOR = "creator", _("creators")


class AffiliationQuerySet(models.QuerySet):
    def current(self, on=None):
        """In force on the day (today); `ended_on` is the first day outside."""
        on = on or Today()
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), started_on__lte=on)

    def not_ended(self):
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=Today()))

    def shown_publicly(self):
        return self.current().filter(is_shown=True, user__is_active=True)


@public_data()
@recorded("uuid")
class Affiliation(models.Model):
    """A person's role in a company, with target group and title, from one day until another."""

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    user = models.ForeignKey("members.User", models.PROTECT, related_name="affiliations", verbose_name=_("person"))
    company = models.ForeignKey(
        "members.Company", models.PROTECT, related_name="affiliations", verbose_name=_("company")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTICIPANT)
    target_group = models.CharField(_("target group"), max_length=16, choices=TargetGroup, blank=True)
    title = models.CharField(_("title"), max_length=80, blank=True)
    is_shown = models.BooleanField(
        _("shown on the company's page"), default=False, help_text=_("Name and title are public. The person chooses.")
    )
    started_on = models.DateField(_("from"), default=timezone.localdate)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "members.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="affiliations_ended",
        verbose_name=_("ended by"),
    )

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values) & Q(target_group__in=["", *TargetGroup.values]),
                name="affiliation_has_a_known_role",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="affiliation_ends_after_it_starts",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            ExclusionConstraint(
                name="affiliations_do_not_overlap",
                expressions=[*equal_columns("user", "company"), day_range("started_on", "ended_on")],
                violation_error_message=_("The person already has a place in the company at that time."),
            ),
        ]

    def __str__(self):
        return f"{known(self, 'user')} · {known(self, 'company')}"

    @property
    def has_ended(self):
        return self.ended_on is not None and self.ended_on <= timezone.localdate()

    @property
    def is_owner_today(self):
        return self.role == Role.OWNER and not self.has_ended

    def end(self, by, on=None):
        """Today (or `on`) is the first day outside; one that was to begin later never begins. The row stays."""
        self.ended_on, self.ended_by = max(on or timezone.localdate(), self.started_on), by
        self.save(update_fields=["ended_on", "ended_by"])


def token_digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


def two_weeks_from_now():
    return timezone.now() + timedelta(days=14)


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted, withdrawn nor expired."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())

    def unanswered(self):
        """Open ones, and those that have expired within a month."""
        since = timezone.now() - timedelta(days=30)
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=since)

    def with_token(self, token):
        return self.filter(token_digest=token_digest(token))


@recorded("uuid", "token_digest")
class Invitation(models.Model):
    """A single-use, expiring invitation of a person to a role in a company."""

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    company = models.ForeignKey(
        "members.Company", models.CASCADE, related_name="invitations", verbose_name=_("company")
    )
    email = AddressField(_("e-mail"))
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PARTICIPANT)
    target_group = models.CharField(_("target group"), max_length=16, choices=TargetGroup, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("sv", "Svenska"), ("en", "English")], default="sv"
    )
    invited_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, related_name="invitations_sent", verbose_name=_("invited by")
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"), default=two_weeks_from_now)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        "members.User",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="invitations_accepted",
        verbose_name=_("accepted by"),
    )
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_open_invitation_per_address",
                violation_error_message=_("This address already has an open invitation."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_accepted_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values) & Q(target_group__in=["", *TargetGroup.values]),
                name="invitation_to_a_known_role",
            ),
            is_known_language("invitation_in_a_known_language"),
        ]

    def __str__(self):
        return f"{self.email} · {known(self, 'company')}"

    def new_token(self):
        """Set a fresh secret and return it; the database keeps its digest alone."""
        token = secrets.token_urlsafe(32)
        self.token_digest = token_digest(token)
        return token

    @property
    def is_open(self):
        return not self.accepted_at and not self.revoked_at and not self.is_too_old

    @property
    def is_too_old(self):
        return self.revoked_at is None and self.expires_at <= timezone.now()
