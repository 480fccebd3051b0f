"""Allauth's forms, which read an address in any spelling and look it up in its normal form."""

from allauth.account import forms as allauth_forms

from creativenorth.text.addresses import AddressFormField


class _NormalAddress:
    address = "email"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields[self.address]
        self.fields[self.address] = AddressFormField(label=field.label, widget=field.widget)


class LoginForm(_NormalAddress, allauth_forms.LoginForm):
    address = "login"


class CodeForm(_NormalAddress, allauth_forms.RequestLoginCodeForm):
    pass


class ResetForm(_NormalAddress, allauth_forms.ResetPasswordForm):
    pass


class NewAddressForm(_NormalAddress, allauth_forms.AddEmailForm):
    pass
