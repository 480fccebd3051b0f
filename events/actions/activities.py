"""Publish, unpublish and cancel an activity. Each action locks its row, may be repeated, and returns the activity as it is now."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.cancellation import cancel_all_of_activity
from events.actions.mails.changes import end_notices
from events.models import Activity
from events.permissions import may_edit


def _locked(activity, by):
    if not may_edit(by):
        raise PermissionDenied
    return Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)


@transaction.atomic
def publish_activity(activity, *, by, at=None):
    """Make the activity public now or at `at`; until then it may get another time. One that is public already stays as it is.

    Raises ValidationError while it has no session: nobody would find it in the list.
    """
    activity = _locked(activity, by)
    if activity.is_public or activity.is_cancelled:
        return activity
    if not activity.sessions.exists():
        raise ValidationError(_("Give the activity a date and a time before you publish it."), code="no_session")
    if activity.published_at != at or at is None:
        activity.published_at = at or timezone.now()
        activity.save(update_fields=["published_at"])
    return activity


@transaction.atomic
def unpublish_activity(activity, *, by):
    """Make a scheduled activity a draft again. A draft stays as it is.

    Raises ValidationError where the public has seen it: that one is cancelled, so that nobody comes in vain.
    """
    activity = _locked(activity, by)
    if activity.is_draft:
        return activity
    if activity.published_at <= timezone.now():
        raise ValidationError(
            _("People have already been able to see the activity. Cancel it instead, and say why."), code="was_public"
        )
    activity.published_at = None
    activity.save(update_fields=["published_at"])
    return activity


@transaction.atomic
def cancel_activity(activity, *, by, reason_sv, reason_en=""):
    """Cancel the activity. It stays visible with the reason; one that is cancelled already keeps its first reason.

    Mails everybody who has a seat or waits for one. Raises ValidationError for a draft, and without a reason in Swedish.
    """
    activity = _locked(activity, by)
    if activity.is_cancelled:
        return activity
    if activity.is_draft:
        raise ValidationError(_("Only a published activity can be cancelled."), code="draft")
    if not reason_sv.strip():
        raise ValidationError(_("Say in Swedish why it is cancelled."), code="no_reason")
    activity.cancelled_at = timezone.now()
    activity.cancelled_by = by
    activity.cancel_reason_sv, activity.cancel_reason_en = reason_sv.strip(), reason_en.strip()
    activity.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason_sv", "cancel_reason_en"])
    end_notices(activity)
    cancel_all_of_activity(activity)
    return activity
