"""Activities that repeat: make the dates, apply a change to others of the series, cancel what is left.

What has begun or is cancelled is never changed. Activities are locked in the order of their keys, so that two who change
a series wait for each other instead of blocking each other.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativenorth.dates import date_text
from creativenorth.dates.swedish_days import moment
from events import recurrence
from events.actions.activities import cancel_activity
from events.actions.activity_copies import copy_sessions, days_later, make_copy
from events.actions.attendance import check_move, shorten_attendance
from events.actions.mails.changes import note_change
from events.actions.mails.differences import snapshot
from events.actions.mails.steps import one_mail_each
from events.actions.seats import settle_activity
from events.models import Activity, Series
from events.models.session import times_may_swap
from events.permissions import may_edit

TIMES = "sessions"  # in `own_fields`, beside names of columns: days and hours
RELATIVE_TO_DATE = ("signup_opens_at", "signup_closes_at")  # moved by as many days as the date


class Scope(models.TextChoices):
    THIS = "this", gettext_lazy("only this one")
    FOLLOWING = "following", gettext_lazy("this one and those that follow")
    ALL = "all", gettext_lazy("all that are to come")


@dataclass(frozen=True)
class SessionChange:
    """The new times and titles of one session: `number` among the activity's sessions, clock times, nights between them.

    The day is each activity's own.
    """

    number: int
    begins: time
    ends: time
    nights: int
    titles: dict

    def times_for(self, session):
        """When the session begins and ends with this change. Raises ValidationError where clocks do not show that hour."""
        day = timezone.localtime(session.starts_at).date()
        return moment(day, self.begins), moment(day + timedelta(days=self.nights), self.ends)


@dataclass(frozen=True)
class SeriesChange:
    """What others of the series get: columns by name, and changed sessions.

    `is_on_another_day`: this one is on another day than the series says. `overwrites`: others get it also where they were
    changed on their own.
    """

    columns: tuple = ()
    session_changes: tuple = ()
    is_on_another_day: bool = False
    overwrites: bool = False
    names: frozenset = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "names", frozenset(self.columns) | ({TIMES} if self.session_changes else set()))

    def names_for(self, other):
        return self.names if self.overwrites else self.names - set(other.own_fields)


def others_of_series(activity, scope):
    """The others of the series that a change with that scope concerns, in the order of their keys."""
    if activity.series_id is None or scope == Scope.THIS:
        return Activity.objects.none()
    now = timezone.now()
    found = Activity.objects.filter(series=activity.series_id, cancelled_at=None).exclude(pk=activity.pk)
    found = found.annotate(starts_at=Min("sessions__starts_at"))
    found = found.filter(Q(starts_at__gt=now) | Q(starts_at=None, series_on__gte=timezone.localdate()))
    if scope == Scope.FOLLOWING:
        found = found.filter(series_on__gt=activity.series_on)
    return found.order_by("pk")


def columns_for(other, activity, names):
    """The values that the other activity gets. Raises ValidationError where sign-up would open at an hour there is not."""
    days = (other.series_on - activity.series_on).days
    values = {name: getattr(activity, name) for name in names if name != TIMES}
    return values | {name: days_later(values[name], days) for name in RELATIVE_TO_DATE if values.get(name)}


def new_times_for(other, session_changes):
    """(session, starts_at, ends_at, titles) of the other's sessions that change. Raises ValidationError where one cannot."""
    sessions = list(other.sessions.order_by("starts_at", "pk"))
    found = [
        (sessions[change.number], *change.times_for(sessions[change.number]), change.titles)
        for change in session_changes
        if change.number < len(sessions)
    ]
    for session, starts_at, _ends_at, _titles in found:
        check_move(session, session.starts_at, starts_at)
    begin = {session.pk: session.starts_at for session in sessions} | {each[0].pk: each[1] for each in found}
    if len(set(begin.values())) < len(begin):
        raise ValidationError(
            _("%(day)s: two dates would begin at the same time."), params={"day": date_text(other.series_on)}
        )
    return found


@transaction.atomic
def change_others(activity, change, *, by, scope, group=None):
    """Apply the change to others of the series, and note in `own_fields` what was changed in this one alone.

    Staff are asked whether the people concerned are told, of those of one `group` together. Returns how many others changed.
    Raises `PermissionDenied`, `Busy` and ValidationError.
    """
    if not may_edit(by):
        raise PermissionDenied
    _note_own_fields(activity, change, scope)
    number, group = 0, group or uuid4()
    for other in others_of_series(activity, scope):
        if names := change.names_for(other):
            _apply(other, activity, names, change, group)
            number += 1
    if number and TIMES in change.names and change.session_changes[0].number == 0:
        first = change.session_changes[0]
        Series.objects.filter(pk=activity.series_id).update(begins=first.begins, ends=first.ends)
    return number


def _note_own_fields(activity, change, scope):
    own = set(activity.own_fields)
    own = own | change.names if scope == Scope.THIS else own - change.names
    own |= {TIMES} if change.is_on_another_day else set()
    _save(activity, own_fields=sorted(own))


def _save(activity, **columns):
    for name, value in columns.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(columns))


def _apply(other, activity, names, change, group):
    before = snapshot(other)
    _save(other, **columns_for(other, activity, names), own_fields=sorted(set(other.own_fields) - names))
    if TIMES in names:
        with times_may_swap():
            for session, starts_at, ends_at, titles in new_times_for(other, change.session_changes):
                session.starts_at, session.ends_at = starts_at, ends_at
                for name, title in titles.items():
                    setattr(session, name, title)
                shorten_attendance(session)
                session.save(update_fields=["starts_at", "ends_at", *titles])
    settle_activity(other)
    note_change(other, before, group=group)


@transaction.atomic
def repeat_activity(activity, *, by, rule, days, publishes=False):
    """Make activities like it on the days, drafts or public: at once, or when the activity is. Days that exist are left out.

    Returns those that were made. Raises `PermissionDenied`, and ValidationError without a date or with too many.
    """
    if not may_edit(by):
        raise PermissionDenied
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    first = activity.sessions.order_by("starts_at").first()
    if first is None:
        raise ValidationError(_("Give the activity a date and a time before it is repeated."), code="no_session")
    series = _series_of(activity, first, rule)
    taken = set(series.activities.values_list("series_on", flat=True))
    days = sorted(set(days) - taken)
    if len(taken) + len(days) > recurrence.MAX_DATES:
        raise ValidationError(
            _("A series has at most %(number)d dates."), code="many", params={"number": recurrence.MAX_DATES}
        )
    published_at = max(timezone.now(), activity.published_at or timezone.now()) if publishes else None
    made = [_copy_on_day(day, activity, first, series, published_at) for day in days]
    if days:
        _save_rule(series, rule, last=max(days))
    return made


def _series_of(activity, first, rule):
    """The activity's series, locked; a new one where it has none."""
    if activity.series_id:
        return Series.objects.select_for_update().get(pk=activity.series_id)
    start, end = timezone.localtime(first.starts_at), timezone.localtime(first.ends_at)
    series = Series.objects.create(
        frequency=rule.frequency,
        interval=rule.interval,
        starts_on=start.date(),
        ends_on=start.date(),
        begins=start.time(),
        ends=end.time(),
    )
    activity.series, activity.series_on = series, start.date()
    activity.save(update_fields=["series", "series_on"])
    return series


def _save_rule(series, rule, last):
    series.frequency, series.interval, series.ends_on = rule.frequency, rule.interval, max(last, series.ends_on)
    series.starts_on = min(series.starts_on, series.activities.aggregate(first=Min("series_on"))["first"])
    series.save(update_fields=["frequency", "interval", "starts_on", "ends_on"])


def _copy_on_day(day, activity, first, series, published_at):
    days = (day - timezone.localtime(first.starts_at).date()).days
    at = {name: days_later(value, days) if (value := getattr(activity, name)) else None for name in RELATIVE_TO_DATE}
    title = f"{activity.title_sv} {day}"
    copy = make_copy(activity, address_of=title, series=series, series_on=day, published_at=published_at, **at)
    copy_sessions(activity, copy, days=days)
    return copy


@transaction.atomic
def cancel_in_series(activity, *, by, scope, reason_sv, reason_en=""):
    """Cancel this one and, by the scope, others; what nobody has seen is deleted instead.

    Returns how many were cancelled and how many deleted. Raises as `cancel_activity` does.
    """
    if not may_edit(by):
        raise PermissionDenied
    keys = [activity.pk, *(each.pk for each in others_of_series(activity, scope))]
    cancelled = removed = 0
    with one_mail_each():
        for each in Activity.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk"):
            if is_unseen(each):
                each.delete()
                removed += 1
            elif not each.is_cancelled:
                cancel_activity(each, by=by, reason_sv=reason_sv, reason_en=reason_en)
                cancelled += 1
    return cancelled, removed


def is_unseen(activity):
    """Neither public nor signed up to: it can be deleted without telling anybody."""
    return not activity.is_public and not activity.registrations.exists()
