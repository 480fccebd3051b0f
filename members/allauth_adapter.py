import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from creativenorth import mail
from creativenorth.content.demo import PASSWORD as DEMO_PASSWORD
from creativenorth.text.addresses import comparable_address, normal_address
from creativenorth.web import limits
from creativenorth.web.known_devices import remember_device
from creativenorth.web.limits import LimitReached
from members.actions.accounts import offer_passkey, signed_in_recently
from members.hooks.accounts import account_opened
from members.permissions import SECOND_FACTORS

# Mails with a secret that signs somebody in: never shown to staff, and erased once sent.
SECRET = {"login_code", "password_reset_key", "email_confirmation", "email_confirmation_signup"}


def display_name(user):
    """Allauth's name of a person; the person's device shows it beside a passkey."""
    return str(user)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation alone; mails are written from templates/mail and queued like all others."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Five codes were wrong within five minutes. Wait five minutes and try again."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """That a code was wrong three times stands on a page of its own (members.views.sign_in)."""
        if message == self.error_messages["too_many_login_attempts"]:
            request.code_was_guessed_at = True
            return
        super().add_message(request, level, message_template, message_context, extra_tags, message)

    def pre_authenticate(self, request, **credentials):
        """Counts the guess, in place of the library's limits by network that an office would meet."""
        address = comparable_address(credentials.get("email") or getattr(request.user, "email", ""))
        try:
            self.guess = limits.use("password", request=request, address=address)
        except LimitReached as reached:
            raise ValidationError(reached.text, code="too_many_login_attempts") from reached

    def authenticate(self, request, **credentials):
        """The demo's password is public and works in the demo alone."""
        if credentials.get("password") == DEMO_PASSWORD and not settings.DEMO:
            return None
        person = super().authenticate(request, **credentials)
        if person:
            limits.give_back(self.guess)
        return person

    def set_password(self, user, password):
        """By a link in a mail, or after the old password: the guesses until then were the owner's."""
        super().set_password(user, password)
        limits.forget("password", request=self.request, address=user.email)

    def post_login(self, request, user, **details):
        response = super().post_login(request, user, **details)
        remember_device(request, response, user.email)
        return response

    def get_email_verification_redirect_url(self, email_address):
        """A page that need not ask once more who it is."""
        return reverse("members:my_data" if self.request.user.is_authenticated else "account_login")

    def clean_email(self, email):
        return normal_address(email)

    def clean_password(self, password, user=None):
        if password == DEMO_PASSWORD:
            raise ValidationError(_("Everybody knows that password. Choose another."))
        return super().clean_password(password, user)

    def confirm_email(self, request, email_address):
        """A further address: what the person did as a guest from it becomes theirs."""
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            account_opened(email_address.user)
        return is_confirmed

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not after signing in just now, by code as well as by password."""
        return super().is_reauthentication_required(app=app, **kwargs) and not signed_in_recently(self.request)

    def get_login_redirect_url(self, request):
        """The page after signing in where no other was asked for; the first time the offer of a passkey."""
        if offer_passkey(request.user):
            return reverse("passkey_offer")
        return super().get_login_redirect_url(request)

    def send_mail(self, template_prefix, email, context):
        name = template_prefix.rpartition("/")[2]
        mail.queue(
            to=email,
            event=name,
            context={"email": email} | context,
            language=(get_language() or "sv")[:2],
            cause=f"{name}:{uuid.uuid4()}",
            is_secret=name in SECRET,
        )


class MFAAdapter(DefaultMFAAdapter):
    """Members may sign in by passkey but need not; for staff a passkey counts as a required second factor."""

    def is_mfa_enabled(self, user, types=None):
        if types == SECOND_FACTORS and not user.is_staff:
            types = [Authenticator.Type.TOTP]
        return super().is_mfa_enabled(user, types)

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %d") % number
