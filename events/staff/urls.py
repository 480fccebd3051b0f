"""Staff's own pages about activities, under /admin/events/."""

from django.urls import path

from events.models import Registration
from events.staff import (
    activities,
    attendance,
    closing,
    notices,
    participants,
    preview,
    registration_actions,
    series,
)
from members.staff.exports import export

EXPORTED = {"model": Registration, "table": participants.export_table}
urlpatterns = [
    path("activity/<int:pk>/publication/", activities.publication, name="events_activity_publication"),
    path("activity/<int:pk>/withdrawal/", activities.withdrawal, name="events_activity_withdrawal"),
    path("activity/<int:pk>/copying/", activities.copying, name="events_activity_copying"),
    path("activity/<int:pk>/cancellation/", activities.cancellation, name="events_activity_cancellation"),
    path("activity/<int:pk>/repetition/", series.repetition, name="events_activity_repetition"),
    path("activity/<int:pk>/preview/", preview.preview, name="events_activity_preview"),
    path("activity/preview/", preview.preview, name="events_activity_first_preview"),
    path("notice/<int:pk>/", notices.notice, name="events_notice"),
    path("notice/<int:pk>/reading/", notices.reading, name="events_notice_reading"),
    path("activity/days/", preview.days, name="events_activity_days"),
    *[
        path(
            f"registration/<int:pk>/{name}/",
            registration_actions.registration_action,
            {"name": name},
            name=f"events_registration_{name}",
        )
        for name in registration_actions.REGISTRATION_ACTIONS
    ],
    path("registration/export/<slug:form>/", export, EXPORTED, name="events_registration_export"),
    path("registration/of/<int:pk>/print/", participants.printing, name="events_registration_print"),
    path("registration/of/<int:pk>/answers/", participants.answers, name="events_registration_answers"),
    path("registration/of/<int:pk>/walk-in/", participants.walk_in, name="events_registration_walk_in"),
    path(
        "registration/of/<int:pk>/attendance/",
        attendance.attendance_of_activity,
        name="events_registration_attendance_of",
    ),
    path("registration/attendance/<int:pk>/", attendance.attendance, name="events_registration_attendance"),
    path("registration/attendance/<int:pk>/closing/", closing.closing, name="events_registration_closing"),
]
