from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Activities")

    def ready(self):
        # They register what waits, sections of my page, mail that one may switch off or staff may word, whom letters go to,
        # what is known and kept of people, what moves when two are one.
        from events import notification_kinds, retention  # noqa: F401
        from events.actions.leaving import claim, release_person
        from events.hooks import merging, my_page, personal_data, recipient_lists, start_page, system_mails  # noqa: F401
        from members.hooks import accounts

        accounts.on_account_opened(claim)
        accounts.on_account_closed(release_person)
