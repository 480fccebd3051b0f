from django.urls import path
from django.utils.translation import pgettext_lazy

from programmes import views

app_name = "programmes"
urlpatterns = [
    path(pgettext_lazy("url", "programmes/"), views.programmes, name="programmes"),
    path(pgettext_lazy("url", "about/poster/"), views.poster, name="poster"),
    path(pgettext_lazy("url", "strategy/"), views.strategy, name="strategy"),
    path(pgettext_lazy("url", "programmes/<slug:slug>/"), views.programme, name="programme"),
]
