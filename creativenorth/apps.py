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
        from creativenorth import mail_admin, mail_desk  # noqa: F401  the house's own model, and what waits there
