"""What may become of a date at which somebody has been: it may end earlier, but neither lie ahead again nor go away.

The database refuses the rest (events.models.session); here is the reason in words, before anything is written.
"""

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.actions.attendance import length_of
from events.models import Attendance
from events.models.session import DOORS_OPEN
from events.words import moment_text


def check_move(session, was_at, starts_at):
    """May what began at `was_at` begin then? Raises ValidationError where people were ticked before its doors would open."""
    if starts_at > was_at and session.attendances.filter(confirmed_at__lt=starts_at - DOORS_OPEN).exists():
        text = _(
            "%(date)s: people have been ticked off there already, so it cannot be moved ahead. Add another date, or take "
            "the ticks away first."
        )
        raise ValidationError(text % {"date": capfirst(moment_text(was_at))}, code="has_been")


def check_removal(session):
    """May it go? Raises ValidationError where somebody has been there."""
    if session.attendances.exists():
        text = _("%(date)s: people have been ticked off there, so the date stays. Take the ticks away first.")
        raise ValidationError(text % {"date": capfirst(moment_text(session.starts_at))}, code="has_been")


def cut_attendance(session):
    """With new times that are not saved yet: nobody was there for longer than it lasts. Returns how many had more minutes."""
    most = max(1, length_of(session))
    return Attendance.objects.filter(session=session, minutes__gt=most).update(minutes=most)
