from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.text.addresses import AddressFormField
from members.models import User


class MyDataForm(OptimisticLockForm):
    """What people correct themselves; the address is changed on a page of its own, by a confirming link."""

    class Meta:
        model = User
        fields = ["name", "phone", "language"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, capfirst(str(name))) for code, name in settings.LANGUAGES]
        self.fields["language"].help_text = _("For the mail we send you.")


class ErasureForm(forms.Form):
    """The person types the address of the account, so that nobody erases it by mistake."""

    email = AddressFormField(label=_("Your e-mail, to confirm"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email != self.user.email:
            raise forms.ValidationError(_("That is not the address of this account."))
        return email
