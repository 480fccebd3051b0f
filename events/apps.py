from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Activities")

    def ready(self):
        # They register what waits, sections of my page, mail that one may switch off or staff may word, whom letters go to,
        # what is known and kept of people, what moves when two are one.
        from events import circles, desk, home, merging, notices, personal, retention, system_mails  # noqa: F401
        from events.actions.leaving import claim, release_person
        from members import arrivals

        arrivals.on_arrival(claim)
        arrivals.on_departure(release_person)
