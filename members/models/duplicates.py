import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from members.models.company import Company
from members.models.user import User


class Merge(models.Model):
    """Two rows were one company, or one person: `gone` is the key of the deleted row, whose rows were moved to the other.

    Its history is shown with that of the one that stayed. `slug` is the deleted company's address, which redirects.
    """

    company = models.ForeignKey(
        Company, models.CASCADE, null=True, blank=True, related_name="merges", verbose_name=_("company")
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="merges", verbose_name=_("person")
    )
    gone = models.BigIntegerField()
    slug = models.SlugField(max_length=120, blank=True)
    moved = models.JSONField(_("what was moved"), default=dict)
    merged_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("merging")
        verbose_name_plural = _("mergings")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        permissions = [("merge_duplicates", _("May merge duplicates"))]
        indexes = [models.Index(fields=["slug"], condition=~Q(slug=""), name="merge_addresses")]
        constraints = [
            models.CheckConstraint(
                condition=Q(company=None, person__isnull=False, slug="") | Q(company__isnull=False, person=None),
                name="merge_of_companies_or_of_people",
            ),
            models.UniqueConstraint(fields=["gone"], condition=Q(person=None), name="company_is_merged_away_once"),
            models.UniqueConstraint(fields=["gone"], condition=Q(company=None), name="person_is_merged_away_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="what_was_merged_stays_so", operation=pgtrigger.UpdateOf("gone", "slug", "at"))
        ]

    def __str__(self):
        return f"{self.gone} → {known(self, 'company') or known(self, 'person')}"


@recorded()
class DistinctPair(models.Model):
    """Two companies that look alike and are not the same: they are not suggested as duplicates again.

    `one` is the lower key. The row is deleted when one of them is merged with a third.
    """

    one = models.ForeignKey(Company, models.CASCADE, related_name="+", verbose_name=_("company"))
    two = models.ForeignKey(Company, models.CASCADE, related_name="+", verbose_name=_("the other company"))
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("companies that are not the same")
        verbose_name_plural = _("companies that are not the same")
        ordering = ["-decided_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("two")), name="distinct_pair_in_order"),
            models.UniqueConstraint(fields=["one", "two"], name="distinct_pair_once"),
        ]

    def __str__(self):
        return f"{known(self, 'one')} ≠ {known(self, 'two')}"
