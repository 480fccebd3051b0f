"""Merging of registrations and feeds when two companies, or two accounts of one person, become one.

Seats change hands under the activity's lock, so that whoever may have one afterwards is offered it.
"""

from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions.attendance import merge_attendance
from events.actions.cancellation import end_registration
from events.actions.seats import Busy, locked_seats
from events.models import Activity, Cause, Feed, Registration, State
from members.actions.merging.duplicates import company_hints
from members.actions.merging.relations import moves, moves_along

BEST_FIRST = [State.CONFIRMED, State.OFFERED, State.WAITING]


moves_along("events.Attendance.company")


@moves("events.Registration.company", _("sign-ups"))
def registrations_of_company(rows, gone, kept):
    """An activity's limit and policy count both as one company from now on; nobody loses a seat by that."""
    for activity in _activities_with_active(company=gone):
        with _seats_for_merge(activity):
            rows.filter(activity=activity).update(company=kept)
    rows.update(company=kept)


@moves("events.Registration.user", _("sign-ups"))
def registrations_of_person(rows, gone, kept):
    """Of two active registrations in an activity the better one stays: a seat before an offer before the queue."""
    for activity in _activities_with_active(user=gone):
        with _seats_for_merge(activity) as seats:
            both = Registration.objects.active().filter(activity=activity, user__in=[gone, kept])
            _best, *others = sorted(both.select_related("user"), key=_merge_priority)
            for row in others:
                end_registration(seats, row, State.CANCELLED, Cause.MERGED)
            _hand_over(rows.filter(activity=activity), gone, kept)
    _hand_over(rows, gone, kept)


def _hand_over(rows, gone, kept):
    merge_attendance(rows, kept)
    rows.update(user=kept)


@moves("events.Activity_hosts.user", _("activities they host"))
def hosted_activities(rows, gone, kept):
    """Links are made and removed one by one: that is what their history records."""
    for activity in Activity.objects.filter(pk__in=rows.values("activity")):
        activity.hosts.add(kept)
        activity.hosts.remove(gone)


def _activities_with_active(**of):
    active = Registration.objects.active().filter(**of)
    return Activity.objects.filter(pk__in=active.values("activity")).order_by("pk")


@contextmanager
def _seats_for_merge(activity):
    """`locked_seats`, which raises the database's own error where it is busy, as other rows do in a merge."""
    try:
        with locked_seats(activity) as seats:
            yield seats
    except Busy as busy:
        raise busy.__cause__ from busy


def _merge_priority(row):
    return BEST_FIRST.index(row.state), row.queued_at, row.pk


@moves("events.Feed.company", _("calendars that are subscribed to"))
def feeds_of_company(rows, gone, kept):
    """Who has feeds of both keeps the one of the remaining company; the other is revoked."""
    _close(rows.filter(user__in=Feed.objects.filter(company=kept, revoked_at=None).values("user")))
    rows.update(company=kept)


@moves("events.Feed.user", _("calendars that are subscribed to"))
def feeds_of_person(rows, gone, kept):
    own = Feed.objects.filter(user=kept, revoked_at=None)
    _close(rows.filter(company__in=own.values("company")))
    if own.filter(company=None).exists():
        _close(rows.filter(company=None))
    rows.update(user=kept)


def _close(rows):
    rows.filter(revoked_at=None).update(revoked_at=timezone.now())


@company_hints.register
def organisation_numbers_of_guests():
    """A number that guests gave for their company: the company that has it is likely the same."""
    given = Registration.objects.exclude(organisation_number="").exclude(company=None).order_by()
    for number, company in given.values_list("organisation_number", "company_id").distinct():
        yield "number", number.replace("-", ""), company
