from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


def make_rows(sender, using, **kwargs):
    """Receiver of `post_migrate`: a row for each mail that the code sends and each page with an introduction, so that staff can edit it."""
    from creativenorth.mail import templates
    from creativenorth.mail.models import SystemMail
    from creativenorth.site.models import PageText

    tables = connections[using].introspection.table_names()
    mails = [SystemMail(key=each.key) for each in templates.mail_types]
    for model, rows in ((SystemMail, mails), (PageText, PageText.first_ones())):
        if model._meta.db_table in tables:  # not all may have been migrated yet
            model.objects.using(using).bulk_create(rows, ignore_conflicts=True)


class CreativeNorthConfig(AppConfig):
    name = "creativenorth"
    verbose_name = "Creative North"

    def ready(self):
        # Modules that register something: system checks, facts of every mail.
        from creativenorth import mail
        from creativenorth.history.triggers import install_triggers
        from creativenorth.run import checks  # noqa: F401
        from creativenorth.search.database import make_function
        from creativenorth.views import context

        mail.footer_facts.register(context.facts)
        pre_migrate.connect(make_function, sender=self)
        post_migrate.connect(install_triggers, sender=self)
        post_migrate.connect(make_rows, sender=self)


class PortalAdminConfig(AdminConfig):
    default_site = "creativenorth.admin.PortalAdminSite"

    def ready(self):
        super().ready()
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from allauth.usersessions.models import UserSession
        from django.contrib.admin import site

        # Staff do not see what people sign in with; the packages' own admin would show it, secrets and all.
        site.unregister([EmailAddress, Authenticator, UserSession])
        # The admin of creativenorth's own models, their to-dos for the start page, and what is found of them.
        from creativenorth.mail import admin, templates_admin, todos  # noqa: F401
        from creativenorth.search import admin as search_admin  # noqa: F401
        from creativenorth.site import cluster_admin, news_admin, page_texts_admin, search  # noqa: F401
        from creativenorth.views.staff import missing_english  # noqa: F401
