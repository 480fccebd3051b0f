"""Sentences that several pages say."""

from django.utils.translation import gettext_lazy as _

BUSY = _("Many people are doing the same just now. Nothing is lost: try again in a moment.")
