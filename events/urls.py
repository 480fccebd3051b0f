from django.urls import path
from django.utils.translation import pgettext_lazy

from events import views

app_name = "events"
urlpatterns = [
    path(pgettext_lazy("url", "activities/"), views.activities, name="activities"),
    path(pgettext_lazy("url", "activities/<slug:slug>/"), views.activity, name="activity"),
]
