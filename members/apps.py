from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Companies and people")

    def ready(self):
        # They register what waits, what is mailed, what is known, which mails staff may word.
        from members.actions.merging import of_companies, of_people  # noqa: F401  what becomes of the rows of two that were one
        from members.hooks import notification_kinds, personal_parts, start_page, system_mails  # noqa: F401
