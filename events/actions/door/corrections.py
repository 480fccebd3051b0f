"""Changing what is believed of somebody at a session: with a reason, and with what stood before and after."""

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from events.models import Correction

TOLD = ("arrived_at", "left_at", "minutes", "role", "mode", "method", "company_id", "flags")


def as_told(attendance):
    """What a correction keeps of an attendance."""
    encode = DjangoJSONEncoder().default
    values = {name: getattr(attendance, name) for name in TOLD}
    return {name: encode(value) if hasattr(value, "isoformat") else value for name, value in values.items()}


def check_reason(reason):
    if not reason.strip():
        raise ValidationError(_("Say why: a reason goes with every change of who was there."), code="reason")


def keep_correction(attendance, *, before, after, by, reason):
    """`before` and `after` by `as_told`, None where there was nothing or nothing is left."""
    check_reason(reason)
    return Correction.objects.create(
        session=attendance.session,
        registration=attendance.registration,
        before=before,
        after=after,
        by=by,
        reason=reason.strip(),
    )


def correct_attendance(attendance, *, by, reason, **changes):
    """Set the changed columns, with their reason. Raises `ValidationError` without one."""
    before = as_told(attendance)
    for name, value in changes.items():
        setattr(attendance, name, value)
    attendance.save(update_fields=list(changes))
    keep_correction(attendance, before=before, after=as_told(attendance), by=by, reason=reason)


def remove_attendance(attendance, *, by, reason):
    """The person was not there after all. Raises `ValidationError` without a reason."""
    keep_correction(attendance, before=as_told(attendance), after=None, by=by, reason=reason)
    attendance.delete()
