"""Sessions as staff write them: a day, begin and end in Swedish time."""

from datetime import date, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import last_day
from creativenorth.dates.swedish_days import day_text, moment
from creativenorth.forms.concurrent_edits import OptimisticLockForm, OptimisticLockFormSet
from events.actions import attendance
from events.actions.series import TIMES, Scope, SessionChange, new_times_for, others_of_series
from events.models import Session
from events.models.session import times_may_swap

# With a four-digit limit the browser's field moves on to the month after the fourth digit of the year.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def day_text_id(prefix):
    return f"{prefix}-words"


class DayInput(forms.DateInput):
    """The browser's date picker, which sends and takes the ISO format."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"max": LAST_DAY.isoformat()} | (attrs or {}), format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of this century, as a date picker sends it."""

    widget = DayInput
    default_validators = [
        MinValueValidator(FIRST_DAY, _("Check the year: the day is too far back.")),
        MaxValueValidator(LAST_DAY, _("Check the year: the day is too far ahead.")),
    ]


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__({"max": f"{LAST_DAY}T23:59"} | (attrs or {}), format="%Y-%m-%dT%H:%M")


class SessionForm(OptimisticLockForm):
    """One session: the day and two clock times; one that ends after midnight has a last day too."""

    day = DayField(label=_("Date"))
    begins = forms.TimeField(label=_("Begins"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends"), widget=ClockInput)
    last_day = DayField(label=_("Ends on another day"), required=False, help_text=_("Empty: on the same day."))

    class Meta:
        model = Session
        fields = ["title_sv", "title_en"]
        labels = {"title_sv": _("Name of the date, in Swedish"), "title_en": _("Name of the date, in English")}

    def __init__(self, *args, instance=None, initial=None, hours=None, has_autofocus=False, **kwargs):
        """`hours`: begin and end of a new session. `has_autofocus`: where the activity lacks nothing but its date, to begin there."""
        if instance and instance.starts_at:
            initial = _as_written(instance) | (initial or {})
        elif hours:
            initial = hours | (initial or {})
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        if not self.instance.pk:
            self._remember_hours()
        if has_autofocus:
            self.fields["day"].widget.attrs["autofocus"] = True
        self.old_times = (self.instance.starts_at, self.instance.ends_at)

    def _remember_hours(self):
        """A new row with nothing but the hours it was shown with is an empty one, whatever activity has been made last meanwhile."""
        for name in ("begins", "ends"):
            is_sent = not self.is_bound or self.add_initial_prefix(name) in self.data
            self.fields[name].show_hidden_initial = is_sent

    @property
    def first_fields(self):
        return [self[name] for name in ("day", "begins", "ends")]

    @property
    def further_fields(self):
        return [self[name] for name in ("last_day", "title_sv", "title_en")]

    @property
    def has_more(self):
        return any(field.value() or field.errors for field in self.further_fields)

    @property
    def day_text_id(self):
        return day_text_id(self.prefix)

    @property
    def day_text(self):
        """The day with weekday, week and holiday."""
        day = self["day"].value()
        try:
            return day_text(self.fields["day"].to_python(day)) if day else ""
        except ValidationError:
            return ""

    @property
    def is_on_another_day(self):
        return "day" in self.changed_data

    def session_change(self, number):
        """What others of the series get of this change; None where neither times nor titles changed."""
        titles = {name: self.cleaned_data[name] for name in ("title_sv", "title_en") if name in self.changed_data}
        nights = _nights(self.instance.starts_at, self.instance.ends_at)
        is_same = not {"begins", "ends"} & set(self.changed_data) and nights == _nights(*self.old_times)
        if is_same and not titles:
            return None
        return SessionChange(
            number=number, begins=self.hours["begins"], ends=self.hours["ends"], nights=nights, titles=titles
        )

    def clean(self):
        cleaned = super().clean()
        if not {"day", "begins", "ends"} <= cleaned.keys():
            return cleaned
        self.hours = hours = self._hours(cleaned)
        ends_on = hours["last_day"] or _evening_end(hours)
        for name, column, day in (("begins", "starts_at", hours["day"]), ("ends", "ends_at", ends_on)):
            try:
                cleaned[column] = moment(day, hours[name])
                setattr(self.instance, column, cleaned[column])
            except ValidationError as error:
                self.add_error(name, error)
        if self.instance.pk and not self.errors and {"day", "begins"} & set(self.changed_data):
            try:
                attendance.check_move(self.instance, self.old_times[0], cleaned["starts_at"])
            except ValidationError as error:
                self.add_error("day", error)
        return cleaned

    def _hours(self, cleaned):
        """The submitted values; fields that the person left alone keep what the row has by now."""
        changed = {"day", "begins", "ends", "last_day"} & set(self.changed_data)
        now = {name: self.initial.get(name) for name in ("day", "begins", "ends", "last_day")}
        written = {name: cleaned.get(name) for name in now}
        return written if self.instance.pk is None else now | {name: written[name] for name in changed}

    def validate_constraints(self):
        """Without the constraint on equal times, which the formset checks: sessions may have swapped them."""
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions() | {"activity"})
        except ValidationError as error:
            self._update_errors(error)

    def _get_validation_exclusions(self):
        """starts_at and ends_at are no fields of the form, but are validated by the model."""
        return super()._get_validation_exclusions() - ({"starts_at", "ends_at"} if not self.errors else set())


def _nights(starts_at, ends_at):
    return (timezone.localtime(ends_at).date() - timezone.localtime(starts_at).date()).days


def _evening_end(hours):
    """The day of the end where none is written: midnight is the end of the evening, not its beginning."""
    is_midnight = hours["ends"] == time() and hours["begins"] != time()
    return hours["day"] + timedelta(days=is_midnight)


def _as_written(session):
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    is_one_day = last_day(start, end) == start.date() and (start.time() != time() or end.time() != time())
    return {
        "day": start.date(),
        "begins": _clock(start),
        "ends": _clock(end),
        "last_day": None if is_one_day else end.date(),
    }


def _clock(moment):
    return moment.time().replace(second=0, microsecond=0)


class SessionFormSet(OptimisticLockFormSet):
    """The last session of a published activity cannot be deleted: the activity is cancelled instead."""

    def get_form_kwargs(self, index):
        """The first row may have the focus; one that is added by the button has the hours alone."""
        return super().get_form_kwargs(index) | ({"has_autofocus": False} if index is None else {})

    def validate_unique(self):
        """No two sessions begin at once, those that others have added meanwhile included. The error is beside the later row."""
        forms_left = [form for form in self.forms if not (self.can_delete and self._should_delete_form(form))]
        there = {form.instance.pk for form in self.initial_forms}
        taken = {session.starts_at for session in self.get_queryset() if session.pk not in there}
        for form in forms_left:
            starts_at = form.instance.starts_at if form.is_valid() else None
            if starts_at and starts_at in taken:
                form.add_error("begins", _("There is a session at that time already."))
            taken.add(starts_at)

    def save(self, commit=True):
        with times_may_swap():
            return super().save(commit)

    def clean(self):
        for form in self.initial_forms:  # before the admin's own check, which lists everybody who was there
            if self.can_delete and self._should_delete_form(form):
                attendance.check_removal(form.instance)
        super().clean()
        forms_left = [form for form in self.forms if form.has_changed() or form.instance.pk]
        forms_left = [form for form in forms_left if not (self.can_delete and self._should_delete_form(form))]
        if forms_left:
            if self.instance.series_id and not any(self.errors):
                self._clean_for_others()
            return
        if self.instance.pk and not self.instance.is_draft:
            raise ValidationError(_("A published activity needs a date. Cancel it if it does not take place."))
        if "_publish" in self.data:
            raise ValidationError(_("Give the activity a date and a time before you publish it."), code="no_session")

    def _clean_for_others(self):
        """Check that the changed times are possible in the others of the series that get them."""
        session_changes, problems = self.session_changes, []
        for other in others_of_series(self.instance, self.data.get("scope") or Scope.THIS) if session_changes else ():
            if "overwrites" in self.data or TIMES not in other.own_fields:
                try:
                    new_times_for(other, session_changes)
                except ValidationError as error:
                    problems += error.messages
        if problems:
            raise ValidationError(problems)

    @property
    def _changed_forms(self):
        gone = self.deleted_forms
        return [form for form in self.initial_forms if form.has_changed() and form not in gone]

    @property
    def session_changes(self):
        """The changes of existing sessions that others of the series get too."""
        numbers = {session.pk: number for number, session in enumerate(self.get_queryset())}
        found = (form.session_change(numbers[form.instance.pk]) for form in self._changed_forms)
        return tuple(change for change in found if change)

    @property
    def differs_from_series(self):
        """Whether the activity is on other days now, or on more or fewer, than the series says."""
        has_new = any(form.has_changed() for form in self.extra_forms)
        return has_new or bool(self.deleted_forms) or any(form.is_on_another_day for form in self._changed_forms)


def usual_hours(session):
    """Begin and end for the next activity's first session; empty if it ended on another day."""
    hours = _as_written(session)
    return {name: hours[name] for name in ("begins", "ends")} if hours["last_day"] is None else {}
