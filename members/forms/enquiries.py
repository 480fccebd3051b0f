from django import forms
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.once import PublicForm
from creativenorth.text.plain_names import persons_name
from members.models import Enquiry


class EnquiryForm(PublicForm, forms.ModelForm):
    """Base of the three public forms."""

    kind = None

    class Meta:
        model = Enquiry
        fields = ["name", "email", "message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, token in {"name": "name", "email": "email", "phone": "tel", "company_name": "organization"}.items():
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = token
        self.fields["name"].label = _("Your name")
        self.fields["name"].validators.append(persons_name)
        if "email" in self.fields:
            self.fields["email"].required = True
            self.fields["email"].help_text = _("We answer here.")

    @property
    def visible(self):
        return [self[name] for name in self._meta.fields]

    def contents(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class JoinForm(EnquiryForm):
    kind = Enquiry.Kind.JOIN
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(
            attrs={"autocomplete": "url", "inputmode": "url"}
        ),  # text, not url: browsers refuse an address without https://
    )

    class Meta(EnquiryForm.Meta):
        fields = ["company_name", "name", "email", "phone", "website", "message"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["company_name"].required = True
        self.fields["company_name"].label = _("The company’s name")
        self.fields["message"].label = _("What do you do, and what would you like from the cluster?")


class ContactForm(EnquiryForm):
    kind = Enquiry.Kind.CONTACT

    class Meta(EnquiryForm.Meta):
        fields = ["name", "email", "phone", "message"]


class BarrierForm(EnquiryForm):
    kind = Enquiry.Kind.BARRIER

    class Meta(EnquiryForm.Meta):
        fields = ["message", "address", "name", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].label = _("What stopped you?")
        self.fields["message"].help_text = _(
            "Tell us what you wanted to do, and with which aids or browser if you like."
        )
        self.fields["address"].label = _("On which page?")
        self.fields["name"].required = self.fields["email"].required = False
        self.fields["email"].help_text = _("If you want an answer.")
