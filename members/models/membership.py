from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from creativenorth.prepared import Today
from creativenorth.publishing import public_data


def equal_columns(*columns):
    """Equality in an exclusion constraint, as ranges of one number, which gist indexes know without an extension."""
    return [(Func(column, column, Value("[]"), function="int8range"), RangeOperators.OVERLAPS) for column in columns]


def day_range(first, last):
    """The half-open range of days from `first` until `last`; unbounded where `last` is empty."""
    return (
        Func(first, last, Value("[)"), function="daterange", output_field=DateRangeField()),
        RangeOperators.OVERLAPS,
    )


class MembershipQuerySet(models.QuerySet):
    def current(self, on=None):
        """In force on the day (today); `left_on` is the first day outside."""
        on = on or Today()
        return self.filter(Q(left_on=None) | Q(left_on__gt=on), joined_on__lte=on)


@public_data()
@recorded()
class Membership(models.Model):
    """A company's time in the cluster, from the day it joined until the day it left."""

    company = models.ForeignKey(
        "members.Company", models.PROTECT, related_name="memberships", verbose_name=_("company")
    )
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-joined_on"]
        indexes = [models.Index(fields=["company", "joined_on", "left_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gt=F("joined_on")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("A company can leave only after it has joined."),
            ),
            ExclusionConstraint(
                name="memberships_do_not_overlap",
                expressions=[*equal_columns("company"), day_range("joined_on", "left_on")],
                violation_error_message=_("The company already has a membership at that time."),
            ),
        ]

    def __str__(self):
        return f"{known(self, 'company')} {self.joined_on}–{self.left_on or ''}"

    @property
    def is_current(self):
        return self.joined_on <= timezone.localdate() and (self.left_on is None or self.left_on > timezone.localdate())
