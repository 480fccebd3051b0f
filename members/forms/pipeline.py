"""Staff's forms about an enquiry."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.mail.models import PLACEHOLDERS, Purpose
from creativenorth.text import placeholders
from creativenorth.text.addresses import AddressFormField
from creativenorth.web.concurrent_edits import OptimisticLock
from creativenorth.web.once import OnceForm
from members.models import Company


class NoteForm(OnceForm):
    text = forms.CharField(
        label=_("New note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )


class ReminderForm(OptimisticLock, forms.Form):
    on = forms.DateField(
        label=_("Remind us on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It stands on the start page from that day. Empty: no reminder."),
    )


class AnswerForm(OnceForm):
    """A mail with placeholders in braces; an unknown one is an error that lists the known ones."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(label=_("Text"), max_length=6000, widget=forms.Textarea(attrs={"rows": 12}))

    def clean(self):
        cleaned = super().clean()
        for name in ("subject", "text"):
            try:
                placeholders.check(cleaned.get(name, ""), PLACEHOLDERS[Purpose.ENQUIRY])
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


class WelcomeForm(forms.Form):
    """The company that the enquiry becomes, filled in from what was written."""

    company = forms.ModelChoiceField(
        label=_("Company"),
        queryset=Company.objects.none(),
        required=False,
        empty_label=_("a new company"),
        help_text=_("Companies of a similar name are here already: choose one, or make a new one."),
    )
    name = forms.CharField(label=_("The company’s name"), max_length=120)
    email = AddressFormField(label=_("The owner’s e-mail"), help_text=_("The invitation goes here."))
    joined_on = forms.DateField(
        label=_("Member from"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=[("sv", "Svenska"), ("en", "English")])

    def __init__(self, *args, similar, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = similar
        if not similar:
            del self.fields["company"]
