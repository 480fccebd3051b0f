"""The kinds of notification of this app."""

from django.utils.translation import gettext_lazy as _

from members.hooks.notifications import kind
from members.models.letter import NOTIFICATION_KIND

COLLEAGUE = kind("colleague", _("A colleague has joined"), _("When somebody accepts your invitation."))
PROFILE_ANSWER = kind(
    "profile_answer", _("Answers about the profile"), _("When the cluster has read what your company changed.")
)
PROFILE_REVIEW = kind(
    "profile_review", _("Profiles to read"), _("When a company asks for its profile to be read."), for_staff=True
)
LETTER = kind(NOTIFICATION_KIND, _("Letters"), _("When the cluster writes to its members."))
