from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Activities")

    def ready(self):
        # what waits, sections of my page, mail one may switch off, what is known and kept, what moves when two are one
        from events import desk, home, merging, notices, personal, retention  # noqa: F401  they register
        from events.actions.leaving import claim, release_person
        from members import arrivals

        arrivals.on_arrival(claim)
        arrivals.on_departure(release_person)
