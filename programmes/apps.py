from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self):
        # They register who may fetch documents, how long papers are kept, and what is found.
        from programmes import files, retention, search  # noqa: F401
