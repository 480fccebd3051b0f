"""Activities that repeat. Each date is an activity of its own, with its own sign-up, seats and history."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativenorth.history import recorded
from creativenorth.text.constraints import is_known
from events import recurrence


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("every week, or every few weeks")
    MONTHLY = "monthly", _("every month, on the same weekday")
    LAST = "last", _("every month, on the last such weekday")
    CHOSEN = "chosen", _("on dates that I choose")


@recorded()
class Series(models.Model):
    """The rule by which the dates were made and further ones will be.

    `begins` and `ends` are Swedish clock times, in summer and in winter; `ends_on` is the last of the dates.
    """

    frequency = models.CharField(_("how often"), max_length=7, choices=Frequency)
    interval = models.PositiveSmallIntegerField(
        _("weeks between"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(recurrence.MAX_WEEKS_BETWEEN)],
    )
    starts_on = models.DateField(_("first date"))
    ends_on = models.DateField(_("last date"))
    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        default_permissions = ()
        constraints = [
            is_known("frequency", Frequency, "series_of_a_known_frequency"),
            models.CheckConstraint(
                condition=Q(interval__gte=1, interval__lte=recurrence.MAX_WEEKS_BETWEEN),
                name="series_comes_back_in_weeks",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="series_ends_after_it_starts"),
        ]

    def __str__(self):
        return str(recurrence.rule_text(self))
