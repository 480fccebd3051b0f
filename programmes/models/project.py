from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creativenorth.files.images import Picture
from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.text.bilingual import Bilingual


class FundPeriod(models.TextChoices):
    """The EU's programme period, which decides emblem text, indicators and retention."""

    P2014 = "2014-2020", "2014–2020"
    P2021 = "2021-2027", "2021–2027"


# Years after the year of final payment: the older fund's rules on documents, and CPR Art. 82.
YEARS_KEPT = {FundPeriod.P2014: 4, FundPeriod.P2021: 5}
STATEMENTS = {
    FundPeriod.P2014: (_("European Union"), _("European Regional Development Fund")),
    FundPeriod.P2021: (_("Co-funded by the European Union"), ""),
}


@public_data(frame=True)
@recorded()
class Project(models.Model):
    """A funded project of the cluster. There may be several; one is shown as the present one."""

    name_sv = models.CharField(_("name in Swedish"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    name = Bilingual()
    reference = models.CharField(_("case number"), max_length=60, blank=True)
    period = models.CharField(_("programme period"), max_length=9, choices=FundPeriod, default=FundPeriod.P2014)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    summary_sv = models.TextField(_("aim in Swedish"), max_length=1000)
    summary_en = models.TextField(_("aim in English"), max_length=1000, blank=True)
    summary = Bilingual()
    budget_sek = models.PositiveBigIntegerField(_("total budget, SEK"), null=True, blank=True)
    final_payment_on = models.DateField(
        _("final payment"),
        null=True,
        blank=True,
        help_text=_("When the funder decided on it, or paid. Papers are kept from the end of that year on."),
    )
    documents_kept_until = models.DateField(
        _("papers are kept until"),
        null=True,
        blank=True,
        help_text=_("If the funder has named a day. Empty: as the programme period says."),
    )
    is_present = models.BooleanField(
        _("the present project"),
        default=False,
        help_text=_("Its programme period gives every page its EU emblem text."),
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-is_present", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="project_ends_after_it_starts",
                violation_error_message=_("The project must end after it starts."),
            ),
            models.CheckConstraint(condition=Q(period__in=FundPeriod.values), name="project_in_a_known_period"),
            models.UniqueConstraint(
                fields=["is_present"],
                condition=Q(is_present=True),
                name="one_present_project",
                violation_error_message=_("Another project is the present one."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def documents_until(self):
        """The last day on which its papers must be kept: the funder's own, else YEARS_KEPT after the year of final payment.

        Until it is paid the years count from its end, or from today if that is later: the day moves on by itself.
        """
        if self.documents_kept_until:
            return self.documents_kept_until
        today = timezone.localdate()
        paid = self.final_payment_on or max(self.ends_on or today, today)
        return date(paid.year + YEARS_KEPT[self.period], 12, 31)

    @property
    def statement(self):
        """The text beside the EU emblem in this period."""
        return STATEMENTS[self.period][0]

    @property
    def fund(self):
        """The fund's name, which only the older period writes out."""
        return STATEMENTS[self.period][1]


@public_data(frame=True)
@recorded()
class Funder(models.Model):
    """A financier of a project, in the order in which they are shown."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="funders", verbose_name=_("project"))
    name_sv = models.CharField(_("name in Swedish"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name = Bilingual()
    order = models.PositiveSmallIntegerField(pgettext_lazy("sequence", "order"))
    logo = Picture(_("logo"), upload_to="funders/", blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        ordering = ["project", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "order"], name="one_funder_per_position", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["project", "name_sv"], name="funder_once_per_project"),
        ]

    def __str__(self):
        return self.name

    @property
    def logo_url(self):
        return self.logo.url if self.logo else ""
