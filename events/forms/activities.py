from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import date_text
from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.text.slugs import free_slug
from events.actions.participants import too_few_seats_text
from events.actions.seats import Busy, lock_activity
from events.actions.series import RELATIVE_TO_DATE, Scope, columns_for, is_unseen, others_of_series
from events.forms.sessions import MomentInput
from events.models import Activity
from members.models.affiliation import TargetGroup

OF_THE_SERIES = {"scope", "overwrites", "publish_at", "slug"}  # what is no column that others could get


class ActivityForm(OptimisticLockForm):
    """Staff's form of an activity. An empty slug is made from the title."""

    target_groups = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Nobody chosen: for everyone."),
    )
    publish_at = forms.DateTimeField(
        label=_("Public from"),
        widget=MomentInput,
        required=False,
        help_text=_("Swedish time. Empty: as soon as you publish."),
    )
    scope = forms.ChoiceField(
        label=_("What you change is for"),
        choices=Scope.choices,
        initial=Scope.THIS,
        widget=forms.RadioSelect,
        required=False,
    )
    overwrites = forms.BooleanField(label=_("also where it was changed on its own"), required=False)
    makes_slug = False

    class Meta:
        model = Activity
        fields = ["title_sv", "slug", "target_groups"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if self.instance.pk is None and not self.is_bound and "title_sv" in self.fields:
            self.fields["title_sv"].widget.attrs["autofocus"] = True
        if "picture_crop" in self.fields:
            self.fields["picture_crop"].required = False  # left out, the part that was chosen before stays
        if self.instance.is_public:
            del self.fields["publish_at"]
        if self.instance.series_id is None:
            del self.fields["scope"], self.fields["overwrites"]
        if self.instance.is_scheduled:
            self.initial["publish_at"] = self.instance.published_at

    def clean_publish_at(self):
        """Must be in the future or unchanged; a scheduled activity keeps a time unless it is published at once."""
        at = self.cleaned_data["publish_at"]
        if at and at <= timezone.now():
            raise forms.ValidationError(_("That time has passed. Leave it empty to publish at once."))
        if not at and self.instance.is_scheduled and "_publish" not in self.data:
            raise forms.ValidationError(_("Choose a time, publish at once, or make it a draft again."))
        return at

    @property
    def chosen_scope(self):
        return Scope(self.cleaned_data.get("scope") or Scope.THIS)

    @property
    def given_columns(self):
        return tuple(name for name in self.changed_data if name not in OF_THE_SERIES and name in self.fields)

    def _post_clean(self):
        """Check the number of seats of this and the other activities, locked from here until they are saved."""
        super()._post_clean()
        if self.instance.pk and not self.errors:
            concerned = [self.instance, *others_of_series(self.instance, self.chosen_scope)]
            try:
                for each in sorted(concerned, key=lambda each: each.pk):
                    lock_activity(each)
            except Busy:
                self.add_error(None, _("Somebody is signing up just now. Save again in a moment."))
                return
            for each in concerned:
                self._check(each)

    def _check(self, activity):
        """Add an error if the activity cannot have the new values; for others of the series it names the date."""
        of_others = activity != self.instance
        try:
            if of_others:
                own = set() if self.cleaned_data.get("overwrites") else set(activity.own_fields)
                for name, value in columns_for(activity, self.instance, set(self.given_columns) - own).items():
                    setattr(activity, name, value)
        except forms.ValidationError as error:
            self.add_error(next(name for name in RELATIVE_TO_DATE if name in self.fields), error)
            return
        if short := too_few_seats_text(activity):
            self.add_error(None, f"{date_text(activity.series_on)}: {short}" if of_others else short)

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors and cleaned.get("title_sv"):
            cleaned["slug"] = free_slug(Activity, cleaned["title_sv"], self.instance.pk)
            self.makes_slug = not self.instance.pk
        return cleaned

    def validate_unique(self):
        """Somebody may take a made slug before it is saved; it is made anew then (creativenorth.text.slugs)."""
        exclude = self._get_validation_exclusions() | ({"slug"} if self.makes_slug else set())
        try:
            self.instance.validate_unique(exclude=exclude)
        except forms.ValidationError as error:
            self._update_errors(error)


class CancelActivityForm(forms.Form):
    scope = forms.ChoiceField(
        label=_("What is called off"),
        choices=Scope.choices,
        initial=Scope.THIS,
        widget=forms.RadioSelect,
        required=False,
    )
    reason_sv = forms.CharField(
        label=_("Why it is cancelled, in Swedish"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Shown to everybody on the activity's page, and in the mail to those who have a seat or wait for one."
        ),
    )
    reason_en = forms.CharField(
        label=_("Why it is cancelled, in English"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Empty: the Swedish text is shown."),
    )

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity
        if activity.series_id is None:
            del self.fields["scope"]
        else:
            self.fields["reason_sv"].required = False

    def clean(self):
        """Requires a reason unless nobody has seen what is cancelled."""
        cleaned = super().clean()
        if self.activity.series_id and not cleaned.get("reason_sv") and "reason_sv" not in self.errors:
            concerned = [self.activity, *others_of_series(self.activity, cleaned.get("scope") or Scope.THIS)]
            if not all(map(is_unseen, concerned)):
                self.add_error("reason_sv", _("Say in Swedish why it is cancelled."))
        return cleaned
