"""Allauth's forms: they read an address in any spelling, and mail to it is limited."""

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from creativenorth.text.addresses import AddressFormField
from creativenorth.web import limits
from creativenorth.web.limits import LimitReached

CODE_SENT_TO = "code_sent_to"  # key of the session


class _NormalAddress:
    address = "email"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields[self.address]
        self.fields[self.address] = AddressFormField(label=field.label, widget=field.widget)


class LoginForm(_NormalAddress, allauth_forms.LoginForm):
    address = "login"


class _MailIsLimited:
    """Counts the mail that the form would send: of an address that nobody has an account with, too."""

    action = ""

    def clean_email(self):
        try:
            limits.use(self.action, request=context.request, address=self.cleaned_data["email"])
        except LimitReached as reached:
            raise ValidationError(reached.text, code="too_many_mails") from reached
        return super().clean_email()


class CodeForm(_MailIsLimited, _NormalAddress, allauth_forms.RequestLoginCodeForm):
    action = "sign_in_code"


class ConfirmCodeForm(allauth_forms.ConfirmLoginCodeForm):
    email = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].initial = context.request.session.get(CODE_SENT_TO, "")

    def clean_code(self):
        try:
            return super().clean_code()
        except ValidationError as error:
            text = _("That is not the latest code. Look for our newest mail, or let us send a new one.")
            raise ValidationError(text, code="incorrect_code") from error


class ResetForm(_MailIsLimited, _NormalAddress, allauth_forms.ResetPasswordForm):
    action = "password_reset"


class NewAddressForm(_NormalAddress, allauth_forms.AddEmailForm):
    pass
