"""What becomes of seats and calendars when two companies, or two accounts of one person, become one.

Seats change hands through the engine, under the activity's lock, so that whoever may have one afterwards is offered it.
"""

from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions.attendance import merge_attendance
from events.actions.leaving import end
from events.actions.seats import Busy, seats_of
from events.models import Activity, Cause, Feed, Registration, State
from members.actions.merging.duplicates import duplicate_hints
from members.actions.merging.relations import moves
from members.models import Company

BEST_FIRST = [State.CONFIRMED, State.OFFERED, State.WAITING]


@moves("events.Registration.company", _("sign-ups"))
def of_company(rows, gone, kept):
    """Limit and policy of an activity count both as one company from now on; nobody loses a seat by that."""
    for activity in _with_active(company=gone):
        with _held(activity):
            rows.filter(activity=activity).update(company=kept)
    rows.update(company=kept)


@moves("events.Registration.user", _("sign-ups"))
def of_person(rows, gone, kept):
    """Of two active ones in an activity the better stays: a seat before an offer, an offer before the queue."""
    for activity in _with_active(user=gone):
        with _held(activity) as seats:
            both = Registration.objects.active().filter(activity=activity, user__in=[gone, kept])
            _best, *others = sorted(both.select_related("user"), key=_worth)
            for row in others:
                end(seats, row, State.CANCELLED, Cause.MERGED)
            _hand_over(rows.filter(activity=activity), gone, kept)
    _hand_over(rows, gone, kept)


def _hand_over(rows, gone, kept):
    merge_attendance(rows, kept)
    rows.update(user=kept)


@moves("events.Activity_hosts.user", _("activities they host"))
def hosts(rows, gone, kept):
    """Links are made and taken away one by one, since that is what their history tells."""
    for activity in Activity.objects.filter(pk__in=rows.values("activity")):
        activity.hosts.add(kept)
        activity.hosts.remove(gone)


def _with_active(**of):
    active = Registration.objects.active().filter(**of)
    return Activity.objects.filter(pk__in=active.values("activity")).order_by("pk")


@contextmanager
def _held(activity):
    """The activity's seats; whoever waits too long for them gets the answer that everybody gets who waits for a row."""
    try:
        with seats_of(activity) as seats:
            yield seats
    except Busy as busy:
        raise busy.__cause__ from busy


def _worth(row):
    return BEST_FIRST.index(row.state), row.queued_at, row.pk


@moves("events.Feed.company", _("calendars that are subscribed to"))
def feeds_of_company(rows, gone, kept):
    """Who subscribes to both has the one that stays; the other's address closes."""
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


@duplicate_hints(Company)
def numbers_that_guests_gave():
    """A guest's company and the one that has the number are the same, whatever the guest called it."""
    given = Registration.objects.exclude(organisation_number="").exclude(company=None).order_by()
    for number, company in given.values_list("organisation_number", "company_id").distinct():
        yield "number", number.replace("-", ""), company
