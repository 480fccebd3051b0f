"""Warnings at sign-up: signed up elsewhere at that time, or a whole company away on one day."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth.dates import date_text, days_between
from events.models import Registration
from members.models import Affiliation


def clashes_of(user, activity):
    """Other activities to which the person is signed up and that overlap with this one."""
    overlap = Q(pk__in=[])
    for session in activity.sessions.all():
        overlap |= Q(
            activity__sessions__starts_at__lt=session.ends_at, activity__sessions__ends_at__gt=session.starts_at
        )
    own = Registration.objects.active().of(user).filter(overlap).exclude(activity=activity)
    others = {row.activity_id: row.activity for row in own.select_related("activity").order_by("pk")}
    return list(others.values())


def warnings_for(user, activity):
    """Warnings beside a form for oneself; they prevent nothing."""
    found = _own_clashes(user, activity)
    text = _("On %(day)s everybody at %(company)s would be away.")
    for affiliation in Affiliation.objects.current().filter(user=user).select_related("company"):
        found += _empty_days(affiliation.company, activity, text, also={user.pk})
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
    companies = {row.company_id: row for row in rows if row.company}
    text = _("On %(day)s everybody at %(company)s is away: good to know if somebody must be reached.")
    return found + [note for row in companies.values() for note in _empty_days(row.company, row.activity, text)]


def _own_clashes(user, activity):
    text = _("You are signed up to “%(title)s” at that time.")
    return [text % {"title": other.title} for other in clashes_of(user, activity)]


def _empty_days(company, activity, text, also=frozenset()):
    days = _days_without_anybody(company, activity, also)
    return [text % {"day": date_text(day), "company": company} for day in days]


def _days_without_anybody(company, activity, also):
    """The days of the activity on which everybody of the company, at least two, is signed up to something.

    `also` are those who are about to sign up.
    """
    people = set(
        Affiliation.objects.current().filter(company=company, user__is_active=True).values_list("user", flat=True)
    )
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
