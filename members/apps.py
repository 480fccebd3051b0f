from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Companies and people")

    def ready(self):
        from members import desk, notices, personal_parts  # noqa: F401  register what waits, what is mailed, what is known
        from members.merging import of_companies, of_people  # noqa: F401  what becomes of the rows of two that were one
