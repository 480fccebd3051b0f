"""The outbox, staff's mail templates, and staff's wording of the portal's own mails."""

from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creativenorth.history import recorded
from creativenorth.mail import templates
from creativenorth.text import placeholders
from creativenorth.text.addresses import AddressField
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.constraints import is_known_language


class Mail(models.Model):
    """One mail to one address, written in the transaction of its cause and sent by the queue worker."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("mail", "queued")
        SENDING = "sending", pgettext_lazy("mail", "being sent")
        SENT = "sent", pgettext_lazy("mail", "sent")
        RETRY = "retry", pgettext_lazy("mail", "will be tried again")
        FAILED = "failed", pgettext_lazy("mail", "failed")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    cause = models.CharField(_("cause"), max_length=200, unique=True, help_text=_("One mail for one cause."))
    to = AddressField(_("to"))
    language = models.CharField(_("language"), max_length=2, default="sv")
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField("HTML", blank=True)
    calendar = models.TextField(_("calendar entry"), blank=True, help_text=_("Lands in the calendar by itself."))
    ticket_url = models.URLField(max_length=300, blank=True, editable=False)  # drawn as QR code in the mail
    reply_to = AddressField(_("reply to"), blank=True)
    unsubscribe_url = models.URLField(max_length=500, blank=True, editable=False)
    is_secret = models.BooleanField(
        _("secret"),
        default=False,
        help_text=_("Carries a code or a link that signs in: never shown, erased once sent."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    claimed_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("mail", "mail")
        verbose_name_plural = pgettext_lazy("mail", "mail")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "created_at"]), models.Index(fields=["-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | ~models.Q(state="sent"),
                name="mail_sent_has_a_time",
            ),
            models.CheckConstraint(condition=~models.Q(state="failed", error=""), name="mail_failed_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "sending", "sent", "retry", "failed"]),
                name="mail_state_is_known",
            ),
            is_known_language("mail_in_a_known_language"),
        ]

    def __str__(self):
        return f"{'…' if self.is_secret else self.subject} → {self.to}"

    @property
    def message_id(self):
        """The same in every attempt, so that a mailbox shows the mail once."""
        return f"<{self.uuid}@{urlsplit(settings.SITE_URL).hostname}>"


class Purpose(models.TextChoices):
    """What a template is for; it decides which placeholders there are."""

    ENQUIRY = "enquiry", _("answer to an enquiry")
    LETTER = "letter", _("letter to many")


PLACEHOLDERS = {
    Purpose.ENQUIRY: {"name": _("who wrote"), "company": _("their company"), "sender": _("you who answer")},
    Purpose.LETTER: {
        "first_name": _("who gets the letter, by first name"),
        "name": _("who gets the letter"),
        "company": _("their company"),
        "sender": _("you who write"),
    },
}


@recorded()
class MailTemplate(models.Model):
    """A text that staff begin with when they write a mail, in both languages, with placeholders in braces."""

    purpose = models.CharField(_("for"), max_length=10, choices=Purpose, default=Purpose.ENQUIRY)
    name = models.CharField(_("name"), max_length=80, help_text=_("Seen by staff alone."))
    subject_sv = models.CharField(_("subject in Swedish"), max_length=150)
    subject_en = models.CharField(_("subject in English"), max_length=150, blank=True)
    subject = Bilingual()
    text_sv = models.TextField(_("text in Swedish"), max_length=6000)
    text_en = models.TextField(_("text in English"), max_length=6000, blank=True)
    text = Bilingual()

    class Meta:
        verbose_name = _("mail template")
        verbose_name_plural = _("mail templates")
        ordering = ["purpose", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "name"],
                name="one_mail_template_per_name",
                violation_error_message=_("Another template has this name."),
            ),
            models.CheckConstraint(condition=models.Q(purpose__in=Purpose.values), name="mail_template_has_a_purpose"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        for column in ("subject_sv", "subject_en", "text_sv", "text_en"):
            try:
                placeholders.check(getattr(self, column), PLACEHOLDERS.get(self.purpose, {}))
            except ValidationError as error:
                raise ValidationError({column: error}) from error


@recorded()
class SystemMail(models.Model):
    """Staff's wording of a mail that the portal sends by itself (`mail.templates.SystemMailType`); empty texts are the built-in ones."""

    key = models.CharField(_("mail"), max_length=60, unique=True, editable=False)
    subject_sv = models.CharField(_("subject in Swedish"), max_length=150, blank=True)
    subject_en = models.CharField(_("subject in English"), max_length=150, blank=True)
    text_sv = models.TextField(_("text in Swedish"), max_length=6000, blank=True)
    text_en = models.TextField(_("text in English"), max_length=6000, blank=True)

    class Meta:
        verbose_name = _("mail from the portal")
        verbose_name_plural = _("mails from the portal")
        ordering = ["key"]

    def __str__(self):
        known = templates.mail_type(self.key)
        return str(known.row.label) if known else self.key

    @property
    def is_edited(self):
        return bool(self.subject_sv or self.subject_en or self.text_sv or self.text_en)
