from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.utils.translation import gettext_lazy as _

MALFORMED = (AttributeError, LookupError, TypeError, ValueError)


class _AnyAnswerRefused:
    """What comes in place of a device's answer may be anything; the library takes its shape for granted."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _WithoutRateLimit:
    """A device's answer cannot be guessed. Counted among guesses it would be refused, unread, after ten wrong passwords of
    anybody at the same network address: an office has one.
    """

    def clean_credential(self):
        credential = self.cleaned_data["credential"]
        auth.parse_authentication_response(credential)
        return auth.complete_authentication(self.user, credential)


class PasskeyForm(AddWebAuthnForm):
    """Every key here is a passkey, which signs in alone: nobody is asked to choose between two kinds."""

    name = forms.CharField(
        label=_("Name"), required=False, max_length=60, help_text=_("So that you recognise it: phone, work computer …")
    )
    passwordless = forms.BooleanField(initial=True, widget=forms.CheckboxInput(attrs={"hidden": True}))

    def clean(self):
        try:
            return super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateForm(_AnyAnswerRefused, _WithoutRateLimit, AuthenticateWebAuthnForm):
    pass


class LoginForm(_AnyAnswerRefused, LoginWebAuthnForm):
    pass


class ReauthenticateForm(_AnyAnswerRefused, _WithoutRateLimit, ReauthenticateWebAuthnForm):
    pass
