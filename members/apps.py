from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Companies and people")

    def ready(self):
        from members import personal_parts  # noqa: F401  registers what this floor knows of people
