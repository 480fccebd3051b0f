from django.urls import path
from django.utils.translation import pgettext_lazy

from events.views import activities, place, signup

app_name = "events"
urlpatterns = [
    path(pgettext_lazy("url", "activities/"), activities.activities, name="activities"),
    path(pgettext_lazy("url", "activities/<slug:slug>/"), activities.activity, name="activity"),
    path(pgettext_lazy("url", "activities/<slug:slug>/sign-up/"), signup.signup, name="signup"),
    path(pgettext_lazy("url", "activities/<slug:slug>/sign-up/sent/"), signup.sent, name="signup_sent"),
    path(pgettext_lazy("url", "confirm-sign-up/<str:token>/"), signup.guest_confirmation, name="guest_confirmation"),
    path(pgettext_lazy("url", "place/<str:token>/"), place.place, name="place"),
    path(pgettext_lazy("url", "place/<str:token>/answer/"), place.answer, name="place_answer"),
    path(pgettext_lazy("url", "place/<str:token>/cancellation/"), place.cancellation, name="place_cancellation"),
    path(pgettext_lazy("url", "place/<str:token>/sign-up/<slug:slug>/"), place.again, name="place_again"),
]
