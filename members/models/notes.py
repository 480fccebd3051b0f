"""Staff's notes about enquiries and companies."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.once import MadeOnce
from creativenorth.history import recorded
from creativenorth.text.constraints import is_not_empty
from members.models.company import Company
from members.models.enquiry import Enquiry
from members.models.user import User


@recorded("idempotency_key")
class EnquiryNote(MadeOnce):
    """A note of staff about an enquiry."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="notes", verbose_name=_("enquiry"))
    text = models.TextField(_("note"), max_length=4000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by"))
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return self.text[:60]


class CompanyNoteQuerySet(models.QuerySet):
    def to_remember(self, on=None):
        """Those whose next step is due on the day (today), the longest overdue first."""
        return self.filter(remind_on__lte=on or timezone.localdate()).order_by("remind_on", "pk")


@recorded("idempotency_key")
class CompanyNote(MadeOnce):
    """A note of staff about a company; with a day it is the next step, until its author has taken it."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="notes", verbose_name=_("company"))
    text = models.TextField(_("note"), max_length=4000)
    remind_on = models.DateField(_("remind on"), null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by"))
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)

    objects = CompanyNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["remind_on"], condition=Q(remind_on__isnull=False), name="company_note_reminders")
        ]
        constraints = [is_not_empty("text", "company_note_says_something")]

    def __str__(self):
        return self.text[:60]
