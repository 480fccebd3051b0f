from django import forms
from django.utils.translation import gettext_lazy as _

from creativenorth.slugs import free_slug
from events.actions.list_keeping import too_few
from events.actions.seats import Busy, locked
from events.models import Activity
from members.models.affiliation import TargetGroup


class ActivityForm(forms.ModelForm):
    """Staff's form; an address that is left empty is made of the title."""

    target_groups = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Nobody chosen: for everyone."),
    )

    class Meta:
        model = Activity
        fields = ["title_sv", "slug", "target_groups"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def _post_clean(self):
        """Seats that are taken stay: the row is locked from here on, so that what is counted holds until it is saved."""
        super()._post_clean()
        if self.instance.pk and not self.errors:
            try:
                locked(self.instance)
            except Busy:
                self.add_error(None, _("Somebody is signing up just now. Save again in a moment."))
                return
            if short := too_few(self.instance):
                self.add_error(None, short)

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors and cleaned.get("title_sv"):
            cleaned["slug"] = free_slug(Activity, cleaned["title_sv"], self.instance.pk)
        return cleaned


class SessionFormSet(forms.BaseInlineFormSet):
    """What is published has a date: the last session is not taken away, the activity is cancelled."""

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form.has_changed() or form.instance.pk]
        kept = [form for form in kept if not (self.can_delete and self._should_delete_form(form))]
        if not kept and self.instance.pk and not self.instance.is_draft:
            raise forms.ValidationError(_("A published activity needs a date. Cancel it if it does not take place."))


class CancelForm(forms.Form):
    reason_sv = forms.CharField(
        label=_("Why it is cancelled, in Swedish"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to everybody on the activity's page."),
    )
    reason_en = forms.CharField(
        label=_("Why it is cancelled, in English"),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Empty: the Swedish text is shown."),
    )
