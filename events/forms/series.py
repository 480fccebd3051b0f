"""How an activity is repeated: the rule, the dates it gives, and those that are ticked."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.dates.swedish_days import holiday
from events import recurrence
from events.forms.sessions import DayField

DEFAULT_COUNT = 4  # dates, until somebody says otherwise


class RuleForm(forms.Form):
    """The rule of a series. Which of its dates are ticked is sent beside it, as `day`."""

    frequency = forms.ChoiceField(label=_("How often"), widget=forms.RadioSelect)
    interval = forms.IntegerField(
        label=_("How often, in weeks"),
        min_value=1,
        max_value=recurrence.MAX_WEEKS_BETWEEN,
        initial=1,
        required=False,
        help_text=_("1: every week, 2: every second week."),
    )
    count = forms.IntegerField(
        label=_("Dates in all"),
        min_value=2,
        max_value=recurrence.MAX_DATES,
        required=False,
        help_text=_("This one counted."),
    )
    until = DayField(label=_("or until"), required=False)
    more = DayField(label=_("One more date"), required=False, help_text=_("For dates that you choose."))
    publishes = forms.BooleanField(label=_("Publish them at once"), required=False)

    def __init__(self, data=None, *, first_on, taken):
        """`first_on` is the first date of the series, `taken` are the dates that it has already."""
        self.first_on, self.taken = first_on, set(taken)
        super().__init__(data)
        self.fields["frequency"].choices = [
            (
                value,
                capfirst(recurrence.rule_text(recurrence.Rule(value, first_on)))
                if value != "weekly"
                else _("By weeks"),
            )
            for value in recurrence.frequencies_for(first_on)
        ]

    def clean(self):
        cleaned = super().clean()
        is_chosen = cleaned.get("frequency") == "chosen"
        if not is_chosen and cleaned.get("count") and cleaned.get("until"):
            self.add_error("until", _("Say how many dates, or until when, not both."))
        elif not is_chosen and not self.errors and not (cleaned.get("count") or cleaned.get("until")):
            self.add_error("count", _("Say how many dates, or until when."))
        return cleaned

    @property
    def has_rule(self):
        """Whether dates can be shown. What is ticked may still be wrong."""
        return not set(self.errors) - {"__all__"}

    @property
    def rule(self):
        data = self.cleaned_data
        return recurrence.Rule(
            data["frequency"], self.first_on, data["interval"] or 1, until=data["until"], count=data["count"]
        )

    @property
    def ticked_days(self):
        """The days sent as ticked, without those that are no dates."""
        texts = self.data.getlist("day") if hasattr(self.data, "getlist") else []
        return {day for text in texts if (day := _day(text))}

    def days(self):
        """All days to choose from: future ones, and those that the series has already."""
        found = set(self.rule.dates()) | self.taken
        if self.rule.frequency == "chosen":
            found |= self.ticked_days | ({self.cleaned_data["more"]} - {None})
        today = timezone.localdate()
        return sorted(day for day in found if day in self.taken or day >= today)

    def is_suggested(self, day):
        """Whether the day is ticked at first; days of the rule that are holidays are not."""
        return bool(self.rule.frequency == "chosen" or not holiday(day))

    def chosen_days(self):
        """New days that are ticked. Raises ValidationError where there is none, or one is not of the rule."""
        days = self.ticked_days - self.taken
        if not days:
            raise ValidationError(_("Tick at least one date."))
        if days - set(self.days()):
            raise ValidationError(_("The dates have changed. Look through them once more."))
        return sorted(days)


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
