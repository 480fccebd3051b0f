"""Copies of an activity, without its dates, its registrations and its history."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from creativenorth.dates.swedish_days import moment
from creativenorth.text.slugs import save_with_free_slug
from events.funding import activity_copied
from events.models import Activity, Invitee, Question, Session
from events.permissions import may_edit

NOT_COPIED = {
    "id", "slug", "published_at", "cancelled_at", "cancelled_by", "cancel_reason_sv", "cancel_reason_en",
    "signup_opens_at", "signup_closes_at", "series", "series_on", "own_fields",
}  # fmt: skip


def copied_columns(activity):
    columns = [each for each in Activity._meta.concrete_fields if not each.generated and each.name not in NOT_COPIED]
    return {each.name: getattr(activity, each.name) for each in columns}


def make_copy(activity, *, address_of, **columns):
    """A new activity with the same hosts, questions, invited addresses and funding, without a date; `address_of` becomes its address."""
    copy = save_with_free_slug(Activity(**(copied_columns(activity) | columns)), address_of)
    copy.hosts.set(activity.hosts.all())
    for model in (Question, Invitee):
        rows = model.objects.filter(activity=activity).order_by("pk")
        model.objects.bulk_create(_row_for(copy, row) for row in rows)
    activity_copied(activity, copy)
    return copy


def _row_for(copy, row):
    names = [each.name for each in row._meta.concrete_fields if each.name not in ("id", "activity")]
    return type(row)(activity=copy, **{name: getattr(row, name) for name in names})


@transaction.atomic
def copy_activity(activity, *, by):
    """A draft like it, without dates. Asked again before the draft has a date, it returns the same draft."""
    if not may_edit(by):
        raise PermissionDenied
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    same = Activity.objects.filter(published_at=None, sessions=None, **copied_columns(activity)).exclude(pk=activity.pk)
    return same.order_by("pk").first() or make_copy(activity, address_of=activity.title_sv)


def days_later(when, days):
    """The same clock time so many days later. Raises ValidationError where clocks do not show it, or show it twice."""
    local = timezone.localtime(when)
    return moment(local.date() + timedelta(days=days), local.time())


def copy_sessions(activity, copy, *, days):
    """Copy the sessions, so many days later at the same clock time."""
    for session in activity.sessions.all():
        Session.objects.create(
            activity=copy,
            title_sv=session.title_sv,
            title_en=session.title_en,
            starts_at=days_later(session.starts_at, days),
            ends_at=days_later(session.ends_at, days),
        )
