from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Companies and people")

    def ready(self):
        from members import notices, personal_parts  # noqa: F401  register what this floor mails, and what it knows
