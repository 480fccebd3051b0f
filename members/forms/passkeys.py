from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

NONSENSE = (AttributeError, LookupError, TypeError, ValueError)


class _FromAnywhere:
    """What comes in place of a device's answer may be anything; the library takes its shape for granted."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _NotCounted:
    """A device's answer cannot be guessed. Counted among guesses it would be refused, unread, after ten wrong passwords of
    anybody at the same network address: an office has one.
    """

    def clean_credential(self):
        # The library counts unless the answer itself says whose it is: here it says the person who is asked, whatever came.
        handle = get_adapter().get_public_key_credential_user_entity(self.user)["id"]
        self.cleaned_data["credential"]["response"]["userHandle"] = urlsafe_base64_encode(handle)
        user, self.user = self.user, None
        try:
            return super().clean_credential()
        finally:
            self.user = user


class PasskeyForm(AddWebAuthnForm):
    """Every key here is a passkey, which signs in alone: nobody is asked to choose between two kinds."""

    name = forms.CharField(
        label=_("Name"), required=False, max_length=60, help_text=_("So that you recognise it: phone, work computer …")
    )
    passwordless = forms.BooleanField(initial=True, widget=forms.CheckboxInput(attrs={"hidden": True}))

    def clean(self):
        try:
            return super().clean()
        except NONSENSE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateForm(_FromAnywhere, _NotCounted, AuthenticateWebAuthnForm):
    pass


class LoginForm(_FromAnywhere, LoginWebAuthnForm):
    pass


class ReauthenticateForm(_FromAnywhere, _NotCounted, ReauthenticateWebAuthnForm):
    pass
