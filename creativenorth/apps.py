from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CreativeNorthConfig(AppConfig):
    name = "creativenorth"
    verbose_name = "Creative North"

    def ready(self):
        from creativenorth import checks, mail  # noqa: F401  the first registers the system checks
        from creativenorth.views import context

        mail.footer_facts(context.facts)


class PortalAdminConfig(AdminConfig):
    default_site = "creativenorth.admin.PortalAdminSite"

    def ready(self):
        super().ready()
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from allauth.usersessions.models import UserSession
        from django.contrib.admin import site

        # What people sign in with is theirs; the packages' own pages would show it, secrets and all.
        site.unregister([EmailAddress, Authenticator, UserSession])
        from creativenorth import mail_admin, mail_desk  # noqa: F401  the house's own model, and what waits there
