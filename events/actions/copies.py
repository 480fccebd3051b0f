"""New activities made of one there is: the same in all that does not belong to its date, its sign-ups or its history."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from creativenorth.dates.swedish_days import moment
from creativenorth.text.slugs import free_slug
from events.models import Activity, Invitee, Question, Session
from events.permissions import may_edit

ITS_OWN = {
    "id", "slug", "published_at", "cancelled_at", "cancelled_by", "cancel_reason_sv", "cancel_reason_en",
    "signup_opens_at", "signup_closes_at", "series", "series_on", "own_fields",
}  # fmt: skip


def columns_of(activity):
    """What a copy takes over."""
    columns = [each for each in Activity._meta.concrete_fields if not each.generated and each.name not in ITS_OWN]
    return {each.name: getattr(activity, each.name) for each in columns}


def make_copy(activity, *, slug, **columns):
    """A row of its own, with the hosts, the questions and the invited addresses; without a date."""
    copy = Activity.objects.create(slug=slug, **(columns_of(activity) | columns))
    copy.hosts.set(activity.hosts.all())
    for model in (Question, Invitee):
        rows = model.objects.filter(activity=activity).order_by("pk")
        model.objects.bulk_create(_row_for(copy, row) for row in rows)
    return copy


def _row_for(copy, row):
    names = [each.name for each in row._meta.concrete_fields if each.name not in ("id", "activity")]
    return type(row)(activity=copy, **{name: getattr(row, name) for name in names})


@transaction.atomic
def copy_activity(activity, *, by):
    """A draft like it, without dates. Asked again before the draft has a date, the answer is the same draft."""
    if not may_edit(by):
        raise PermissionDenied
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    same = Activity.objects.filter(published_at=None, sessions=None, **columns_of(activity)).exclude(pk=activity.pk)
    return same.order_by("pk").first() or make_copy(activity, slug=free_slug(Activity, activity.title_sv))


def moved(when, days):
    """The moment when clocks show the same, so many days later. Raises ValidationError where they do not show it once."""
    local = timezone.localtime(when)
    return moment(local.date() + timedelta(days=days), local.time())


def copy_sessions(activity, copy, *, days):
    """The same dates so many days later, at the same time of the clock."""
    for session in activity.sessions.all():
        Session.objects.create(
            activity=copy, title_sv=session.title_sv, title_en=session.title_en,
            starts_at=moved(session.starts_at, days), ends_at=moved(session.ends_at, days),
        )  # fmt: skip
