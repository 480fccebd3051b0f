"""Staff's actions on an activity: publish, withdraw, copy, cancel."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from creativenorth.dates import date_text
from creativenorth.staff.pages import WRITES, staff_page
from events.actions.activities import cancel_activity, publish_activity, unpublish_activity
from events.actions.activity_copies import copy_activity
from events.actions.seats import Busy
from events.actions.series import Scope, cancel_in_series, is_unseen, others_of_series
from events.forms.activities import CancelActivityForm
from events.models import Activity
from events.permissions import may_edit

CHANGE = "admin:events_activity_change"


def _act(request, activity, action, done, **details):
    """Run the action, show its result or error as a message, and go back to the form. `done` is a text or a function of the result."""
    try:
        found = action(activity, by=request.user, **details)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except Busy:
        messages.error(request, gettext("Somebody is changing the seats just now. Try again."))
    else:
        messages.success(request, done(found) if callable(done) else done)
    return redirect(CHANGE, activity.pk)


def publish(request, activity, at=None):
    """Publish now or at `at`, with a warning where the last date is over; back to the form."""

    def done(activity):
        return gettext("The activity is published.") if activity.is_public else f"{activity.state_text}."

    last = activity.sessions.aggregate(at=Max("ends_at"))["at"]
    if last and last < timezone.now():
        day = date_text(last, with_year=True)
        messages.warning(request, gettext("The last date has been already: %s. Is the year right?") % day)
    return _act(request, activity, publish_activity, done, at=at)


@staff_page(Activity, allowed=may_edit, methods=WRITES)
def publication(request, pk):
    """POST: publishes; back to the form."""
    return publish(request, get_object_or_404(Activity, pk=pk))


@staff_page(Activity, allowed=may_edit, methods=WRITES)
def withdrawal(request, pk):
    """POST: makes it a draft again, if nobody has seen it; back to the form."""
    done = gettext("The activity is a draft again.")
    return _act(request, get_object_or_404(Activity, pk=pk), unpublish_activity, done)


@staff_page(Activity, allowed=may_edit, methods=WRITES)
def copying(request, pk):
    """POST: makes a draft like it and opens it."""
    copy = copy_activity(get_object_or_404(Activity, pk=pk), by=request.user)
    messages.success(request, gettext("A copy, as a draft. Give it a date."))
    return redirect(CHANGE, copy.pk)


@staff_page(Activity, allowed=may_edit)
def cancellation(request, pk):
    """GET: asks why. POST: cancels; 422 with the form where the reason is missing."""
    activity = get_object_or_404(Activity, pk=pk)
    if activity.is_cancelled:
        messages.info(request, gettext("The activity was already cancelled."))
        return redirect(CHANGE, pk)
    form = CancelActivityForm(request.POST if request.method == "POST" else None, activity=activity)
    if form.is_valid():
        return _cancel(request, activity, form.cleaned_data)
    context = {
        "title": gettext("Cancel the activity"),
        "activity": activity,
        "form": form,
        "reasons": [form["reason_sv"], form["reason_en"]],
        "concerned": activity.registrations.active().count(),
        "scopes": list(_scopes(activity, form["scope"].value())) if activity.series_id else [],
    }
    template = "admin/events/activity/cancellation.html"
    return TemplateResponse(request, template, context, status=422 if form.is_bound else 200)


def _scopes(activity, chosen):
    """The choices of scope with what each would do."""
    for scope in Scope:
        concerned = [activity, *others_of_series(activity, scope)]
        unseen = sum(is_unseen(each) for each in concerned)
        words = [
            _number(gettext("%d cancelled"), len(concerned) - unseen),
            _number(gettext("%d drafts removed"), unseen),
        ]
        yield {
            "value": scope.value,
            "label": scope.label,
            "words": ", ".join(word for word in words if word),
            "is_chosen": scope == chosen,
        }


def _number(words, number):
    return words % number if number else ""


def _cancel(request, activity, data):
    scope = Scope(data.pop("scope", "") or Scope.THIS)
    if activity.series_id is None:
        done = gettext("The activity is cancelled. Its page says so, and why.")
        return _act(request, activity, cancel_activity, done, **data)

    def done(numbers):
        cancelled, removed = numbers
        sentences = [
            ngettext("%d activity is cancelled.", "%d activities are cancelled.", cancelled) % cancelled,
            ngettext("%d that nobody had seen is gone.", "%d that nobody had seen are gone.", removed) % removed,
        ]
        return " ".join(text for text, number in zip(sentences, numbers, strict=True) if number)

    answer = _act(request, activity, cancel_in_series, done, scope=scope, **data)
    is_there = Activity.objects.filter(pk=activity.pk).exists()
    return answer if is_there else redirect("admin:events_activity_changelist")
