"""Warnings at sign-up: signed up elsewhere at that time, or a whole company away on one day."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth.dates import date_text, days_between
from creativenorth.prepared import prepared
from events.models import Activity, Registration, Session
from members.models import Affiliation


@prepared
def clashes_of(user, activity):
    """Other activities to which the person is signed up and that overlap with this one."""
    within = Session.objects.filter(
        activity=activity, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    overlapping = Session.objects.filter(Exists(within), activity=OuterRef("pk"))
    own = Registration.objects.active().of(user).values("activity")
    found = Activity.objects.filter(Exists(overlapping), pk__in=own).exclude(pk=activity)
    return found.only("title_sv", "title_en").order_by("pk")


def warnings_for(user, activity, people):
    """Warnings beside a form for oneself; they prevent nothing. `people` are those of the person's companies."""
    found = _own_clashes(user, activity)
    text = _("On %(day)s everybody at %(company)s would be away.")
    by_company = defaultdict(set)
    for row in people:
        by_company[row.company].add(row.user_id)
    for company, keys in by_company.items():
        found += _empty_days(company, activity, text, keys, also={user.pk})
    return found


def warnings_after(rows, user):
    """Notes to those who have just been signed up, colleagues by name."""
    found = []
    for row in rows:
        if row.user == user:
            found += _own_clashes(user, row.activity)
        elif row.user:
            text = _("%(name)s is signed up to “%(title)s” at that time.")
            found += [text % {"name": row.name, "title": each.title} for each in clashes_of(row.user, row.activity)]
    text = _("On %(day)s everybody at %(company)s is away: good to know if somebody must be reached.")
    for company in dict.fromkeys(row.company for row in rows if row.company):
        people = Affiliation.objects.current().filter(company=company, user__is_active=True)
        found += _empty_days(company, rows[0].activity, text, set(people.values_list("user", flat=True)))
    return found


def _own_clashes(user, activity):
    text = _("You are signed up to “%(title)s” at that time.")
    return [text % {"title": other.title} for other in clashes_of(user, activity)]


def _empty_days(company, activity, text, people, also=frozenset()):
    days = _days_without(people, activity, also)
    return [text % {"day": date_text(day), "company": company} for day in days]


def _days_without(people, activity, also):
    """The days of the activity on which all of them, at least two, are signed up to something.

    `also` are those who are about to sign up.
    """
    if len(people) < 2:
        return []
    sessions = activity.sessions.all()
    days = sorted({day for session in sessions for day in days_between(session.starts_at, session.ends_at)})
    away = _away_on(days, people)
    return [day for day in days if people <= away[day] | also]


def _away_on(days, people):
    """{day: those of the people who are signed up to something then}"""
    if not days:
        return {}
    zone = timezone.get_current_timezone()
    first, after = (datetime.combine(day, time(), zone) for day in (days[0], days[-1] + timedelta(days=1)))
    busy = Registration.objects.active().filter(
        user__in=people, activity__sessions__starts_at__lt=after, activity__sessions__ends_at__gt=first
    )
    found = defaultdict(set)
    for person, *times in busy.values_list("user", "activity__sessions__starts_at", "activity__sessions__ends_at"):
        for day in days_between(*times):
            found[day].add(person)
    return found
