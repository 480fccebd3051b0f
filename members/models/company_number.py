"""A company's organisation number, apart from everything that is shown, searched or exported.

A legal person's number is public. A sole trader's is their personal identity number (dataskyddslagen 3:10): it is
stored sealed, shown masked, and every reading in full is logged.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from creativenorth.text import encryption
from creativenorth.text.orgnr import OrganisationNumber
from members.models.company import Company
from members.models.user import User


@recorded("digits", "sealed", "birth", "fingerprint")
class CompanyNumber(models.Model):
    """Either `digits`, or `sealed` with the six digits that are shown. The fingerprint is unique, without telling the number."""

    company = models.OneToOneField(Company, models.CASCADE, related_name="number", verbose_name=_("company"))
    digits = models.CharField(max_length=10, blank=True, editable=False)
    sealed = models.TextField(blank=True, editable=False)
    birth = models.CharField(max_length=6, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    # None where a guest gave the number when signing up.
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("changed by"))

    class Meta:
        verbose_name = _("organisation number")
        verbose_name_plural = _("organisation numbers")
        default_permissions = ()
        permissions = [("read_number", _("May read sole traders' numbers in full"))]
        constraints = [
            # The third digit of a legal person's number is 2 or more, so no sole trader's number can be stored in clear.
            models.CheckConstraint(
                condition=Q(digits__regex="^[0-9]{2}[2-9][0-9]{7}$", sealed="", birth="") | Q(digits="", sealed__gt=""),
                name="sole_traders_number_is_sealed",
            )
        ]

    def __str__(self):
        return self.masked

    @property
    def is_person(self):
        return bool(self.sealed)

    @property
    def masked(self):
        return f"{self.birth}-****" if self.is_person else str(OrganisationNumber(self.digits))

    def assign(self, number):
        """Set the columns from an `OrganisationNumber`."""
        self.fingerprint = encryption.fingerprint(number.digits)
        self.digits = "" if number.is_person else number.digits
        self.sealed = encryption.seal(number.digits) if number.is_person else ""
        self.birth = number.digits[:6] if number.is_person else ""

    def in_full(self):
        """Call it only where the reading is logged."""
        return str(OrganisationNumber(encryption.unseal(self.sealed) if self.is_person else self.digits))


class NumberReading(models.Model):
    """A log row: somebody has read a sole trader's number in full. The database refuses changes and deletion."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="number_readings", verbose_name=_("company"))
    reader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("read by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("reading of a personal number")
        verbose_name_plural = _("readings of personal numbers")
        ordering = ["-at"]
        default_permissions = ("view",)
        triggers = [pgtrigger.Protect(name="reading_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{known(self, 'company')} · {known(self, 'reader')}"
