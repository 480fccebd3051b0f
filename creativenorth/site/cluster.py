from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.text.addresses import AddressField
from creativenorth.text.bilingual import Bilingual


def pair(field, label, **options):
    """The two columns of one text: Swedish, English."""
    return field(label, **options), field(label, **(options | {"blank": True}))


def own_sentence(label):
    """The two columns of a short text; where it is empty the template has a sentence of its own."""
    return pair(models.CharField, label, max_length=160, blank=True, help_text=_("Empty: the portal’s own sentence."))


@public_data(frame=True)
@recorded()
class Cluster(models.Model):
    """The one row of texts, goal and contact that staff edit for the public pages. Long texts are Markdown."""

    name = models.CharField(_("name"), max_length=80)
    headline_sv, headline_en = pair(models.CharField, _("headline"), max_length=120)
    headline = Bilingual()
    lead_sv, lead_en = pair(models.TextField, _("introduction"), max_length=600)
    lead = Bilingual()
    why_sv, why_en = pair(models.TextField, _("what a cluster is and why"))
    why = Bilingual()
    progress_sv, progress_en = pair(models.TextField, _("the road to the goal"), max_length=600)
    progress = Bilingual()
    invitation_sv, invitation_en = pair(models.TextField, _("invitation to join"), max_length=1000)
    invitation = Bilingual()
    activities_sv, activities_en = own_sentence(_("beside the next activities"))
    activities = Bilingual()
    programmes_sv, programmes_en = own_sentence(_("heading of the programmes"))
    programmes = Bilingual()
    towns_sv, towns_en = own_sentence(_("beside the map"))
    towns = Bilingual()
    footer_sv, footer_en = own_sentence(_("line at the foot of every page"))
    footer = Bilingual()
    about_sv, about_en = pair(models.TextField, _("about the project"))
    about = Bilingual()
    results_sv, results_en = pair(models.TextField, _("results so far"), blank=True)
    results = Bilingual()
    strategy_sv, strategy_en = pair(models.TextField, _("strategy"), blank=True)
    strategy = Bilingual()
    privacy_sv, privacy_en = pair(models.TextField, _("personal data"))
    privacy = Bilingual()
    barriers_sv, barriers_en = pair(models.TextField, _("known accessibility barriers, with reasons"))
    barriers = Bilingual()
    accessibility_status = models.CharField(
        _("accessibility status"),
        max_length=10,
        choices=[("full", _("fully compliant")), ("partial", _("partially compliant")), ("none", _("not compliant"))],
        default="partial",
    )
    accessibility_assessed_on = models.DateField(_("accessibility assessed on"))
    goal_companies = models.PositiveSmallIntegerField(_("goal, companies"), default=18)
    platform_minimum = models.PositiveSmallIntegerField(_("European cluster platform's minimum, companies"), default=15)
    start_companies = models.PositiveSmallIntegerField(_("companies at the start"), default=12)
    contact_name = models.CharField(_("contact, name"), max_length=120)
    contact_email = AddressField(_("contact, e-mail"))
    contact_phone = PhoneNumberField(_("contact, phone"), blank=True)
    reviews_profiles = models.BooleanField(
        _("review before publishing"),
        default=False,
        help_text=_("What companies change in their profiles is shown once one of you has approved it."),
    )

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("cluster")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="cluster_is_one_row"),
            models.CheckConstraint(
                condition=Q(accessibility_status__in=["full", "partial", "none"]), name="cluster_accessibility_is_known"
            ),
            models.CheckConstraint(
                condition=Q(start_companies__lt=F("platform_minimum"), platform_minimum__lte=F("goal_companies")),
                name="cluster_goals_rise",
                violation_error_message=_("The start must lie below the minimum, and the minimum not above the goal."),
            ),
        ]

    def __str__(self):
        return self.name
