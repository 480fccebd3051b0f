"""The portal's addresses, and one that renders the base template alone without queries, to compare with."""

import os
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import path

from creativenorth.urls import *
from creativenorth.views.context import facts

known = cache(facts)


@login_not_required
def bare(request):
    around = {"languages": [], "demo": False, "canonical": "", "url": ""}
    return render(request, "base.html", {"site": known() | around})


urlpatterns = [path("bare/", bare, name="bare"), *urlpatterns]


if os.environ.get("UNGUARDED"):  # the engine without its lock, to show what it is there for
    from events.actions import seats
    from events.models import Activity

    seats.lock_activity = lambda activity: Activity.objects.get(pk=activity.pk)
