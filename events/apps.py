from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Activities")

    def ready(self):
        from events import desk, home, notices, personal  # noqa: F401  register what waits, sections of my page, mail, what is known
        from events.actions.leaving import claim, release_person
        from members import arrivals

        arrivals.on_arrival(claim)
        arrivals.on_departure(release_person)
