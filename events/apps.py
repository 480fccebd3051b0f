from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Activities")

    def ready(self):
        from events import desk, home  # noqa: F401  register what waits for the staff, a section of people's own page
        from events.actions.leaving import claim, release_person
        from members import arrivals

        arrivals.on_arrival(claim)
        arrivals.on_departure(release_person)
