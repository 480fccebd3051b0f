from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Programmes")

    def ready(self):
        # They register who may fetch documents, how activities are funded, how long papers are kept, and what is found.
        from programmes import files, funding, retention, search  # noqa: F401
