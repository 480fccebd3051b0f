from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.mail.models import PLACEHOLDERS, Purpose
from creativenorth.text import placeholders
from members.models import Company, Letter
from members.recipient_lists import list_with_key, recipient_lists


class LetterForm(OptimisticLockForm):
    """`of_object` is required for a recipient list of another app, and emptied for the lists of this one."""

    not_compared = ("of_object",)
    ticked = ()  # keys of those ticked in the list that this letter is begun from
    of_object = forms.ModelChoiceField(
        label=_("Of which activity"),
        queryset=None,
        required=False,
        blank=True,
        help_text=_("Where the letter goes to the people of an activity."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "company" in self.fields:
            self.fields["company"].queryset = Company.objects.members().order_by("name")
        if "of_object" in self.fields:
            known = list(recipient_lists)
            self.fields["of_object"].queryset = known[0].choices() if known else Letter.objects.none()
            self.fields["of_object"].label_from_instance = known[0].label_of if known else str

    def clean(self):
        cleaned = super().clean()
        chosen, of_object = cleaned.get("recipients"), cleaned.get("of_object")
        if list_with_key(chosen or "") and not of_object and "of_object" not in self.errors:
            self.add_error("of_object", _("Choose the activity whose people get the letter."))
        if chosen == "activity_chosen" and not (self.ticked or self.instance.chosen):
            self.add_error(
                "recipients", _("Nobody is ticked: tick them in the activity’s list, and choose to write to them.")
            )
        if list_with_key(chosen or ""):
            cleaned |= {"company": None, "sector": None, "municipality": ""}
        cleaned["of_object"] = of_object.pk if of_object and list_with_key(chosen or "") else None
        for name in ("subject_sv", "subject_en", "text_sv", "text_en"):
            try:
                placeholders.check(cleaned.get(name) or "", PLACEHOLDERS[Purpose.LETTER])
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


class SendForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Leaves at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Swedish time. Empty: now."),
    )
