from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Activities")

    def ready(self):
        # Importing these registers notification kinds, retention rules and what this app adds to the hooks of other apps.
        from events import notification_kinds, retention, search  # noqa: F401
        from events.actions.cancellation import cancel_all_of_person, claim_guest_registrations
        from events.hooks import company_card, merging, my_page, personal_data, recipient_lists, system_mails, todos  # noqa: F401
        from members.hooks import accounts

        accounts.account_opened.register(claim_guest_registrations)
        accounts.account_closed.register(cancel_all_of_person)
