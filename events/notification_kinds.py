"""The kinds of notification about activities that a person can switch off. Mail about one's own registration always comes."""

from django.utils.translation import gettext_lazy as _

from members.hooks.notifications import kind

REMINDER = kind("reminder", _("Reminders"), _("When an activity that you have a seat in is near."))
