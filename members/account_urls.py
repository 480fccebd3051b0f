"""Addresses of signing in and out, passwords and second factors: the parts of allauth that the portal uses."""

from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.forms import BaseForm
from django.urls import path, re_path
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from members.views import sign_in

# Replaces allauth's help texts: four sentences of password rules, and a link that the page has already.
HELP = {
    "password1": _("At least ten characters, not only digits, and nothing that many have or that is like your name."),
    "oldpassword": "",
}


def as_portal_page(view):
    """Wrap a view of allauth so that its page fits ours.

    Allauth's own context variable `site` would hide ours; a form with errors is answered 422, not 200; labels are not
    repeated as placeholders, "Email" is written E-mail, and two help texts are ours.
    """

    @wraps(view)
    def framed(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        context.pop("site", None)
        forms = [value for value in context.values() if isinstance(value, BaseForm)]
        for name, field in [item for form in forms for item in form.fields.items()]:
            field.widget.attrs.pop("placeholder", None)
            field.help_text = HELP.get(name, field.help_text)
            if field.label == gettext("Email"):
                field.label = gettext("E-mail")
        if response.status_code == 200 and any(form.errors for form in forms):
            response.status_code = 422
        return response

    return framed


urlpatterns = [
    path(pgettext_lazy("url", "sign-in/"), account.login, name="account_login"),
    path(pgettext_lazy("url", "sign-in/code/"), sign_in.request_code, name="account_request_login_code"),
    path(pgettext_lazy("url", "sign-in/code/enter/"), sign_in.enter_code, name="account_confirm_login_code"),
    path(pgettext_lazy("url", "sign-out/"), account.logout, name="account_logout"),
    path(pgettext_lazy("url", "sign-up/"), account.signup, name="account_signup"),
    path(pgettext_lazy("url", "inactive/"), account.account_inactive, name="account_inactive"),
    path(pgettext_lazy("url", "confirm-again/"), account.reauthenticate, name="account_reauthenticate"),
    path(
        pgettext_lazy("url", "confirm-email/"),
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path(pgettext_lazy("url", "confirm-email/<str:key>/"), account.confirm_email, name="account_confirm_email"),
    path(pgettext_lazy("url", "email/"), account.email, name="account_email"),
    path(pgettext_lazy("url", "password/change/"), account.password_change, name="account_change_password"),
    path(pgettext_lazy("url", "password/set/"), account.password_set, name="account_set_password"),
    path(pgettext_lazy("url", "password/new/"), account.password_reset, name="account_reset_password"),
    path(pgettext_lazy("url", "password/new/sent/"), account.password_reset_done, name="account_reset_password_done"),
    path(
        pgettext_lazy("url", "password/new/done/"),
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        pgettext_lazy("url", r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"),
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(pgettext_lazy("url", "security/"), mfa.index, name="mfa_index"),
    path(pgettext_lazy("url", "security/code/"), mfa.authenticate, name="mfa_authenticate"),
    path(pgettext_lazy("url", "security/confirm-again/"), mfa.reauthenticate, name="mfa_reauthenticate"),
    path(pgettext_lazy("url", "security/app/"), sign_in.switch_on_app, name="mfa_activate_totp"),
    path(pgettext_lazy("url", "security/app/remove/"), totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        pgettext_lazy("url", "security/recovery-codes/"),
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        pgettext_lazy("url", "security/recovery-codes/new/"),
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        pgettext_lazy("url", "security/recovery-codes/download/"),
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(pgettext_lazy("url", "sign-in/passkey/"), webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(pgettext_lazy("url", "security/passkeys/"), webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(pgettext_lazy("url", "security/passkeys/offer/"), sign_in.passkey_offer, name="passkey_offer"),
    path(pgettext_lazy("url", "security/passkeys/add/"), sign_in.add_passkey, name="mfa_add_webauthn"),
    path(
        pgettext_lazy("url", "security/passkeys/<int:pk>/remove/"), webauthn.remove_webauthn, name="mfa_remove_webauthn"
    ),
    path(pgettext_lazy("url", "security/passkeys/<int:pk>/name/"), webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        pgettext_lazy("url", "security/passkeys/confirm-again/"),
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(pgettext_lazy("url", "sessions/"), sessions.list_usersessions, name="usersessions_list"),
]
for pattern in urlpatterns:
    pattern.callback = as_portal_page(pattern.callback)
