from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Companies and people")

    def ready(self):
        # Importing them registers notification kinds, personal data, start page rows, system mails and what is found.
        from members import search  # noqa: F401
        from members.actions.merging import of_companies, of_people  # noqa: F401  registers movers
        from members.hooks import files, notification_kinds, own_personal_data, system_mails, todos  # noqa: F401
