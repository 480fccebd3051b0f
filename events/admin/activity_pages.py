"""What staff do with an activity besides writing it: look at it first, publish, take back, call off, make another like it."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext, ngettext

from creativenorth.dates import date_text
from creativenorth.swedishdays import day_text
from events.actions.activities import cancel_activity, publish_activity, unpublish_activity
from events.actions.copies import copy_activity
from events.actions.seats import Busy
from events.actions.series import Scope, cancel_of_series, is_unseen, others
from events.admin.activity_form import SessionInline
from events.forms.activities import CancelForm
from events.forms.sessions import words_id
from events.models import Activity
from events.pages import session_lines
from events.permissions import may_edit
from events.signup_box import box_to_be
from events.views.activities import activity_page
from events.words import public_from_text

_DAY = re.compile(r"sessions-(\d+)-day")


def changeable(request, pk):
    activity = get_object_or_404(Activity, pk=pk)
    if not may_edit(request.user):
        raise PermissionDenied
    return activity


def back_to(activity):
    return HttpResponseRedirect(reverse("admin:events_activity_change", args=[activity.pk]))


def act(desk, request, activity, action, done, **details):
    """Do it, say so or why not, and go back to the form. `done` is a text, or makes one of what the action returned."""
    try:
        found = action(activity, by=request.user, **details)
    except ValidationError as error:
        desk.message_user(request, " ".join(error.messages), messages.ERROR)
    except Busy:
        desk.message_user(request, gettext("Somebody is changing the seats just now. Try again."), messages.ERROR)
    else:
        desk.message_user(request, done(found) if callable(done) else done, messages.SUCCESS)
    return back_to(activity)


def publish(desk, request, activity, at=None):
    def done(activity):
        return gettext("The activity is published.") if activity.is_public else f"{public_from_text(activity)}."

    last = activity.sessions.aggregate(at=Max("ends_at"))["at"]
    if last and last < timezone.now():
        day = date_text(last, with_year=True)
        text = gettext("The last date has been already: %s. Is the year right?") % day
        desk.message_user(request, text, messages.WARNING)
    return act(desk, request, activity, publish_activity, done, at=at)


def publication(desk, request, pk):
    """POST: publish; back to the form with the answer."""
    return publish(desk, request, changeable(request, pk))


def withdrawal(desk, request, pk):
    """POST: a draft again, if nobody has seen it."""
    done = gettext("The activity is a draft again.")
    return act(desk, request, changeable(request, pk), unpublish_activity, done)


def copying(desk, request, pk):
    """POST: a draft like it, opened where its dates are written."""
    copy = copy_activity(changeable(request, pk), by=request.user)
    desk.message_user(request, gettext("A copy, as a draft. Give it a date."), messages.SUCCESS)
    return back_to(copy)


def cancellation(desk, request, pk):
    """GET: asks why. POST: cancels; 422 with the form where the reason is missing."""
    activity = changeable(request, pk)
    if activity.is_cancelled:
        desk.message_user(request, gettext("The activity was already cancelled."), messages.INFO)
        return back_to(activity)
    is_of_series = activity.series_id is not None
    form = CancelForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        return _cancel(desk, request, activity, form.cleaned_data)
    context = desk.admin_site.each_context(request) | {
        "title": gettext("Cancel the activity"),
        "activity": activity,
        "form": form,
        "opts": desk.opts,
        "reasons": [form["reason_sv"], form["reason_en"]],
        "concerned": activity.registrations.active().count(),
        "scopes": list(_scopes(activity, form["scope"].value())) if is_of_series else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/events/activity/cancellation.html", context, status=status)


def _scopes(activity, chosen):
    """What each choice would do, in words."""
    for scope in Scope:
        concerned = [activity, *others(activity, scope)]
        unseen = sum(is_unseen(each) for each in concerned)
        words = [
            _number(gettext("%d cancelled"), len(concerned) - unseen),
            _number(gettext("%d drafts removed"), unseen),
        ]
        yield {
            "value": scope.value, "label": scope.label, "words": ", ".join(word for word in words if word),
            "is_chosen": scope == chosen,
        }  # fmt: skip


def _number(words, number):
    return words % number if number else ""


def _cancel(desk, request, activity, data):
    scope = Scope(data.pop("scope", "") or Scope.THIS)
    if activity.series_id is None:
        done = gettext("The activity is cancelled. Its page says so, and why.")
        return act(desk, request, activity, cancel_activity, done, **data)

    def done(numbers):
        cancelled, removed = numbers
        said = [
            ngettext("%d activity is cancelled.", "%d activities are cancelled.", cancelled) % cancelled,
            ngettext("%d that nobody had seen is gone.", "%d that nobody had seen are gone.", removed) % removed,
        ]
        return " ".join(words for words, number in zip(said, numbers, strict=True) if number)

    answer = act(desk, request, activity, cancel_of_series, done, scope=scope, **data)
    if Activity.objects.filter(pk=activity.pk).exists():
        return answer
    return HttpResponseRedirect(reverse("admin:events_activity_changelist"))


def days(request):
    """GET, asked by htmx as dates are chosen: weekday, week and holiday of each, for the lines of the form."""
    found = []
    for name, text in request.GET.items():
        if match := _DAY.fullmatch(name):
            found.append({"id": words_id(f"sessions-{match[1]}"), "words": _words(text)})
    return render(request, "admin/events/activity/_days.html", {"days": found})


def _words(text):
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return day_text(day) if day and day.year < 2100 else ""


def preview(desk, request, pk=None):
    """POST of the form: the activity's page in the language of the address (?in=), saving nothing.

    422 with what is wrong in the form.
    """
    language = "en" if request.GET.get("in") == "en" else "sv"
    activity = get_object_or_404(Activity, pk=pk) if pk else None
    if not (desk.has_change_permission(request, activity) if activity else desk.has_add_permission(request)):
        raise PermissionDenied
    with transaction.atomic():
        form = desk.get_form(request, activity, change=activity is not None)(request.POST, instance=activity)
        form_is_valid = form.is_valid()
        formset_class = SessionInline(Activity, desk.admin_site).get_formset(request, activity)
        dates = formset_class(request.POST, instance=form.instance, prefix="sessions")
        if not (dates.is_valid() and form_is_valid):
            return render(request, "creativenorth/preview_errors.html", _errors(form, dates), status=422)
    with translation.override(language):
        response = render(request, "events/activity.html", _page(request, form.instance, dates))
    response.headers["Content-Language"] = language
    return response


def _errors(form, dates):
    """The form's errors, and those of the dates with its own."""
    texts = [
        *dates.non_form_errors(),
        *(text for errors in dates.errors for texts in errors.values() for text in texts),
    ]
    for text in texts:
        form.add_error(None, text)
    return {"form": form}


def _page(request, activity, dates):
    kept = [form for form in dates.forms if form.has_changed() or form.instance.pk]
    kept = [form.instance for form in kept if form not in dates.deleted_forms]
    lines = session_lines(sorted(kept, key=lambda session: session.starts_at))
    activity.published_at = activity.published_at or timezone.now()
    shown = activity_page(activity, lines) | {"is_preview": True, "names": [], "can_edit": False, "event_data": ""}
    return shown | {"box": box_to_be(activity, lines[0].starts_at if lines else None)}
