"""The kinds of notification of this floor. What answers one's own act, or moves a date, always comes."""

from django.utils.translation import gettext_lazy as _

from members.hooks.notifications import kind

REMINDER = kind("reminder", _("Reminders"), _("When an activity that you have a seat in is near."))
