from django.db import models
from django.utils.translation import gettext_lazy as _

from creativenorth.constraints import is_known_language, is_said
from creativenorth.history import recorded


@recorded()
class Enquiry(models.Model):
    """Somebody who wants to join, to be contacted, or to tell of a barrier on the site."""

    class Kind(models.TextChoices):
        JOIN = "join", _("wants to join")
        CONTACT = "contact", _("question")
        BARRIER = "barrier", _("accessibility barrier")

    class Stage(models.TextChoices):
        NEW = "new", _("new")
        CONTACTED = "contacted", _("contacted")
        VISITED = "visited", _("visited")
        APPLIED = "applied", _("applied")
        DECIDED = "decided", _("decided")
        JOINED = "joined", _("joined")
        CLOSED = "closed", _("closed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.NEW)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    company_name = models.CharField(_("company"), max_length=120, blank=True)
    website = models.URLField(_("website"), blank=True)
    message = models.TextField(_("message"), max_length=4000)
    address = models.CharField(_("page"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=2, default="sv")
    notes = models.TextField(_("notes"), blank=True, help_text=_("Seen by staff alone."))
    nonce = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["stage", "-created_at"]), models.Index(fields=["-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["join", "contact", "barrier"]), name="enquiry_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="barrier") | ~models.Q(email=""), name="enquiry_can_be_answered"
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=["new", "contacted", "visited", "applied", "decided", "joined", "closed"]),
                name="enquiry_stage_is_known",
            ),
            is_known_language("enquiry_in_a_known_language"),
            is_said("message", "enquiry_says_something"),
        ]

    def __str__(self):
        return f"{self.company_name or self.name}"
