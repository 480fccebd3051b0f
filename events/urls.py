from django.urls import path
from django.utils.translation import pgettext_lazy

from events import calendar_addresses  # noqa: F401 -- registers <month:> and <week:>
from events.views import activities, calendar, check_in, own_changes, registration, signup, ticket

app_name = "events"
urlpatterns = [
    path(pgettext_lazy("url", "activities/"), activities.activities, name="activities"),
    path(pgettext_lazy("url", "activities/calendar.ics"), calendar.public_feed, name="public_feed"),
    path(pgettext_lazy("url", "activities/calendar/"), calendar.calendar, name="calendar"),
    path(pgettext_lazy("url", "activities/calendar/<month:first>/"), calendar.month, name="month"),
    path(pgettext_lazy("url", "activities/calendar/<week:monday>/"), calendar.week, name="week"),
    path(pgettext_lazy("url", "activities/<slug:slug>/"), activities.activity, name="activity"),
    path(pgettext_lazy("url", "activities/<slug:slug>/picture.png"), activities.picture, name="activity_picture"),
    path(pgettext_lazy("url", "activities/<slug:slug>/activity.ics"), calendar.activity_file, name="activity_file"),
    path(pgettext_lazy("url", "activities/<slug:slug>/sign-up/"), signup.signup, name="signup"),
    path(pgettext_lazy("url", "activities/<slug:slug>/sign-up/sent/"), signup.sent, name="signup_sent"),
    path(
        pgettext_lazy("url", "activities/<slug:slug>/sign-up/cancellation/"),
        signup.colleague_cancellation,
        name="colleague_cancellation",
    ),
    path(pgettext_lazy("url", "confirm-sign-up/<str:token>/"), signup.guest_confirmation, name="guest_confirmation"),
    path(pgettext_lazy("url", "place/<str:token>/"), registration.registration, name="registration"),
    path(pgettext_lazy("url", "place/<str:token>/answer/"), registration.answer, name="registration_answer"),
    path(
        pgettext_lazy("url", "place/<str:token>/cancellation/"),
        registration.cancellation,
        name="registration_cancellation",
    ),
    path(pgettext_lazy("url", "place/<str:token>/sign-up/<slug:slug>/"), registration.again, name="registration_again"),
    path(pgettext_lazy("url", "place/<str:token>/told/"), own_changes.details, name="registration_details"),
    path(pgettext_lazy("url", "place/<str:token>/way/"), own_changes.mode, name="registration_mode"),
    path(pgettext_lazy("url", "place/<str:token>/erasure/"), own_changes.erasure, name="registration_erasure"),
    path(pgettext_lazy("url", "ticket/<str:token>/"), ticket.ticket, name="ticket"),
    path(pgettext_lazy("url", "ticket/<str:token>/arrival/"), ticket.arrival, name="arrival"),
    path(pgettext_lazy("url", "check-in/<slug:slug>/"), check_in.check_in, name="check_in"),
    path(pgettext_lazy("url", "check-in/<slug:slug>/passing/"), check_in.passing, name="passing"),
    path(pgettext_lazy("url", "my-page/calendars/"), calendar.feeds, name="feeds"),
    path(pgettext_lazy("url", "my-page/calendars/new/"), calendar.feed_giving, name="feed_giving"),
    path(pgettext_lazy("url", "my-page/calendars/revoke/"), calendar.feed_revoking, name="feed_revoking"),
    path("calendar/<str:token>.ics", calendar.private_feed, name="private_feed"),
]
