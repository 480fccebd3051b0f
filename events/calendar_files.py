"""Sessions as calendar entries, for the public feed, a person's or a company's feed, and invitations by mail."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from creativenorth.dates import calendars
from events.models import Activity, Registration, Session


def entries(sessions, *, mode=None, now=None):
    """Calendar entries of sessions, whose activities are loaded. `now`, where given, counts as the time of their last change."""
    return [entry_of(session, mode=mode, changed_at=now or session.changed_at) for session in sessions]


def entry_of(session, *, changed_at, mode=None, link=""):
    activity = session.activity
    page = settings.SITE_URL + activity.url
    title = f"{activity.title}: {session.title}" if session.title else str(activity.title)
    return calendars.CalendarEntry(
        uid=uid_of(session),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=title,
        changed_at=changed_at,
        description=f"{activity.summary}\n{link or page}",
        location=place_of(activity, mode),
        url=page,
        is_cancelled=activity.is_cancelled,
    )


def uid_of(session):
    """The same in every feed and mail of this installation: calendars recognise a date by it and show it once."""
    return f"session-{session.pk}@{urlsplit(settings.SITE_URL).hostname}"


def place_of(activity, mode=None):
    if mode == "online":
        return activity.online_url
    return ", ".join(part for part in (activity.place, activity.street, activity.municipality_name) if part)


def with_changes(sessions):
    """Annotates each session with `changed_at`: when it or its activity was last changed, according to the history."""
    of_session = _last(Session, OuterRef("pk"))
    of_activity = _last(Activity, OuterRef("activity"))
    return sessions.select_related("activity").annotate(changed_at=Greatest(of_session, of_activity))


def _last(model, key):
    events = model.pgh_event_model.objects.filter(pgh_obj_id=key).order_by().values("pgh_obj_id")
    return Subquery(events.annotate(last=Max("pgh_created_at")).values("last"))


def public_sessions():
    """Sessions of public activities that ended less than a month ago or are to come: a feed must not grow for ever."""
    since = timezone.now() - timedelta(days=31)
    sessions = Session.objects.filter(activity__in=Activity.objects.public().order_by(), ends_at__gt=since)
    return with_changes(sessions).order_by("starts_at", "pk")


def sessions_of(registrations):
    activities = registrations.confirmed().order_by().values("activity")
    return public_sessions().filter(activity__in=activities)


def own_sessions(user):
    return sessions_of(Registration.objects.of(user))


def company_sessions(company):
    return sessions_of(Registration.objects.filter(company=company))
