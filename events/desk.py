"""Activities that are near: what must still be published, and what takes place within a week."""

from datetime import timedelta

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth.dates import clock_text, date_text, week_text
from creativenorth.desk import Urgency, Waiting, waits
from events.models import Activity

WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)
MOST = 6


@waits
def activities(user):
    if not user.has_perm("events.view_activity"):
        return
    now = timezone.now()
    near = Activity.objects.defer("folded").annotate(
        next_at=Min("sessions__starts_at", filter=Q(sessions__ends_at__gt=now))
    )
    near = near.filter(next_at__lt=now + FORTNIGHT, cancelled_at=None).order_by("next_at", "pk")
    unpublished = Q(published_at=None) | Q(published_at__gt=now)
    for activity in near.filter(unpublished | Q(next_at__lt=now + WEEK))[:MOST]:
        yield _line(activity, now)


def _line(activity, now):
    is_near = activity.next_at < now + WEEK
    is_unpublished = activity.is_draft or activity.published_at > now
    day = timezone.localtime(activity.next_at)
    words = [f"{date_text(day)}, {week_text(day)}, {clock_text(day)}", activity.place_text]
    if is_unpublished:
        words.append(_("still a draft") if activity.is_draft else _("not public yet"))
    return Waiting(
        Urgency.NOW if is_near and is_unpublished else Urgency.SOON,
        activity.title,
        reverse("admin:events_activity_change", args=[activity.pk]),
        f"{day.day}/{day.month}",
        " · ".join(word for word in words if word),
    )
