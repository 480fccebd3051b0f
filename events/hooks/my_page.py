"""A person's activities and the next activities to come, as sections of their page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from creativenorth.prepared import prepared
from events.models import Activity, Session
from events.pages.agenda import agenda_row
from events.pages.my_activities import my_activities
from members.hooks.my_page import Section, home_sections

SHOWN = 4


@home_sections.register
def own_activities(user):
    return Section(
        title=_("My activities"),
        template="events/_my_activities.html",
        rows=my_activities(user),
        empty=_("You have not signed up to anything yet."),
        url=reverse("events:feeds"),
        action=_("In my calendar"),
    )


@home_sections.register
def next_activities(user):
    return Section(
        title=_("Next activities"),
        template="events/_agenda.html",
        rows=[agenda_row(session) for session in _next_sessions()],
        empty=_("Nothing planned right now."),
        url=reverse("events:activities"),
        action=_("See all"),
    )


@prepared
def _next_sessions():
    sessions = Session.objects.upcoming().filter(activity__cancelled_at=None, activity__in=Activity.objects.public())
    return sessions.for_rows()[:SHOWN]
