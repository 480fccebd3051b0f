import uuid

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativenorth import mail
from creativenorth.content.demo import PASSWORD as DEMO_PASSWORD

# Mails whose text signs somebody in: never shown to staff, and erased once sent.
SECRET = {"login_code", "password_reset_key", "email_confirmation", "email_confirmation_signup"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation alone, and their mails leave like all others: from templates/mail, over the queue."""

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """The demo's password, which everybody knows, opens nothing outside the demo."""
        if credentials.get("password") == DEMO_PASSWORD and not settings.DEMO:
            return None
        return super().authenticate(request, **credentials)

    def clean_password(self, password, user=None):
        if password == DEMO_PASSWORD:
            raise ValidationError(_("Everybody knows that password. Choose another."))
        return super().clean_password(password, user)

    def send_mail(self, template_prefix, email, context):
        name = template_prefix.rpartition("/")[2]
        mail.queue(
            to=email,
            template=name,
            context={"email": email} | context,
            language=(get_language() or "sv")[:2],
            cause=f"{name}:{uuid.uuid4()}",
            is_secret=name in SECRET,
        )
