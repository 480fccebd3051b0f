"""Staff's forms about an enquiry, and about a company they are in touch with."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from creativenorth.forms.concurrent_edits import OptimisticLock, OptimisticLockForm
from creativenorth.forms.once import OnceForm
from creativenorth.mail.models import PLACEHOLDERS, Purpose
from creativenorth.text import placeholders
from creativenorth.text.addresses import AddressFormField
from creativenorth.text.plain_names import persons_name, plain_name
from members.models import Company, Enquiry, User


def _colleagues():
    return User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")


def _day(label, help_text=""):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


class NoteForm(OnceForm):
    text = forms.CharField(
        label=_("New note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )


class CompanyNoteForm(NoteForm):
    """A note about a company; with a day it is the next step."""

    remind_on = _day(_("Next step on"), _("The note stands on your start page from that day. Empty: only a note."))


class OwnNoteForm(OptimisticLock, CompanyNoteForm):
    """A note that its author changes; a colleague may have taken its day away meanwhile."""

    not_compared = ("idempotency_key",)


class FollowUpForm(OptimisticLock, forms.Form):
    """Who does what next, and when."""

    responsible = forms.ModelChoiceField(
        label=_("Responsible"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet")
    )
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=200)
    remind_on = _day(_("Remind on"), _("It stands on the start page from that day. Empty: no reminder."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = _colleagues()


class LeadForm(OptimisticLockForm, OnceForm):
    """Somebody whom staff are in touch with, a company or a person."""

    not_compared = ("idempotency_key",)
    kind = forms.ChoiceField(
        label=_("What it is about"),
        choices=[
            (kind.value, capfirst(kind.label))
            for kind in (Enquiry.Kind.LEAD, Enquiry.Kind.JOIN, Enquiry.Kind.FOUNDER, Enquiry.Kind.CONTACT)
        ],
    )
    source = forms.ChoiceField(
        label=_("Source"),
        choices=[(source.value, capfirst(source.label)) for source in Enquiry.Source if source != "site"],
        initial=Enquiry.Source.SOUGHT,
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Enquiry
        fields = ["kind", "company_name", "name", "phone", "email", "website", "source", "message"]
        labels = {"name": _("Contact person"), "message": _("What you know")}
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["name"].validators.append(persons_name)

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("company_name") or cleaned.get("name")):
            self.add_error("company_name", _("Write the company’s name, or the person’s."))
        if not self.errors and not (cleaned.get("email") or cleaned.get("phone")):
            self.add_error("phone", _("Write an address or a phone number, so that you can get in touch."))
        return cleaned

    def values(self):
        """What was sent; of a lead that is here already only what the reader changed."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}


class NewLeadForm(FollowUpForm, LeadForm):
    """With who follows it up."""

    is_new = True


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
    name = forms.CharField(label=_("The company’s name"), max_length=120, validators=[plain_name])
    email = AddressFormField(label=_("The owner’s e-mail"), help_text=_("The invitation goes here."))
    phone = PhoneNumberField(label=_("The company’s phone"), required=False)
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
