from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse

from members.actions.accounts import note_counter

MALFORMED = (AttributeError, LookupError, TypeError, ValueError)


class _AnyAnswerRefused:
    """A malformed credential is an error of the form; the library raises on it."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _WithoutRateLimit:
    """A passkey's answer cannot be guessed, so it is not counted among failed sign-ins: those are limited per network
    address, which an office shares.
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


class _CopyRefused:
    """A counter that has not grown since the last time is that of a copy (WebAuthn 7.2, step 22)."""

    def clean_credential(self):
        sent = self.cleaned_data["credential"]
        passkey = super().clean_credential()
        if not note_counter(passkey, AuthenticationResponse.from_dict(sent).response.authenticator_data.counter):
            text = _(
                "This passkey seems to be a copy, so it is refused. Sign in with a code, remove the passkey and add a new one."
            )
            raise ValidationError(text, code="copied")
        return passkey


class PasskeyForm(AddWebAuthnForm):
    """Every key is a passkey, which signs in alone; people are not asked to choose between two kinds."""

    name = forms.CharField(
        label=_("Name"), required=False, max_length=60, help_text=_("So that you recognise it: phone, work computer …")
    )
    passwordless = forms.BooleanField(initial=True, widget=forms.CheckboxInput(attrs={"hidden": True}))

    def clean(self):
        try:
            return super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateForm(_AnyAnswerRefused, _CopyRefused, _WithoutRateLimit, AuthenticateWebAuthnForm):
    pass


class LoginForm(_AnyAnswerRefused, _CopyRefused, LoginWebAuthnForm):
    pass


class ReauthenticateForm(_AnyAnswerRefused, _CopyRefused, _WithoutRateLimit, ReauthenticateWebAuthnForm):
    pass
