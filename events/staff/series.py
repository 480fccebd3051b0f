"""The page on which an activity is repeated."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from creativenorth.dates import date_text, week_text
from creativenorth.dates.swedish_days import holiday
from creativenorth.staff.pages import staff_page
from creativenorth.web.fragments import is_fragment
from events import recurrence
from events.actions.activity_copies import days_later
from events.actions.series import repeat_activity
from events.forms.series import DEFAULT_COUNT, RuleForm
from events.models import Activity
from events.permissions import may_edit
from events.texts import session_text


@dataclass
class SeriesDate:
    """One date to choose: its texts, what prevents it, and whether it is ticked."""

    value: str
    text: str
    week: str
    holiday: str
    problem: str = ""
    is_taken: bool = False
    is_ticked: bool = False


@staff_page(Activity, allowed=may_edit)
def repetition(request, pk):
    """GET: the rule and its dates. POST: makes the ticked dates; with `_show` only shows the dates of the rule.

    Asked by htmx, the dates alone. 422 with errors. The same form sent twice makes the dates once.
    """
    activity = get_object_or_404(Activity, pk=pk)
    sessions = list(activity.sessions.order_by("starts_at"))
    if not sessions:
        messages.error(request, gettext("Give the activity a date and a time before it is repeated."))
        return redirect("admin:events_activity_change", pk)
    makes = request.method == "POST" and "_show" not in request.POST
    form = _form(request, activity, sessions)
    if makes and form.is_valid() and (answer := _repeat(request, activity, form)):
        return answer
    days = _days(form, sessions, makes) if form.has_rule else []
    context = {
        "title": gettext("More dates") if activity.series_id else gettext("Repeat the activity"),
        "activity": activity,
        "first": session_text(sessions[0]),
        "form": form,
        "days": days,
        "number": sum(day.is_ticked for day in days),
        "problems": [text for texts in form.errors.values() for text in texts] if is_fragment(request) else [],
    }
    name = "_new_dates" if is_fragment(request) else "repetition"
    status = 422 if form.errors and not is_fragment(request) else 200
    return TemplateResponse(request, f"admin/events/activity/{name}.html", context, status=status)


def _form(request, activity, sessions):
    series = activity.series
    taken = list(series.activities.values_list("series_on", flat=True)) if series else []
    first_on = timezone.localtime(sessions[0].starts_at).date()
    data = request.POST if request.method == "POST" else _usual(activity, series)
    form = RuleForm(data, first_on=series.starts_on if series else first_on, taken=taken or [first_on])
    if activity.is_scheduled:
        form.fields["publishes"].label = gettext("Publish them at the same time as this one")
    return form


def _usual(activity, series):
    """Initial data: the series' own rule and one date more, or four weeks."""
    data = QueryDict(mutable=True)
    data["frequency"], data["interval"] = (series.frequency, series.interval) if series else ("weekly", 1)
    data["count"] = min(_number_so_far(series) + 1 if series else DEFAULT_COUNT, recurrence.MAX_DATES)
    if not activity.is_draft:
        data["publishes"] = "on"
    return data


def _number_so_far(series):
    """How many dates the rule gives up to the last one, with those that were left out."""
    rule = recurrence.Rule(series.frequency, series.starts_on, series.interval, until=series.ends_on)
    return len(rule.dates())


def _days(form, sessions, is_answer):
    first = timezone.localtime(sessions[0].starts_at).date()
    return [_series_date(form, day, sessions, (day - first).days, is_answer) for day in form.days()]


def _series_date(form, day, sessions, days, is_answer):
    problem = ""
    try:
        for session in sessions:
            days_later(session.starts_at, days), days_later(session.ends_at, days)
    except ValidationError as error:
        problem = error.messages[0]
    is_taken = day in form.taken
    ticked = day in form.ticked_days if is_answer else form.is_suggested(day)
    return SeriesDate(
        value=day.isoformat(),
        text=date_text(day),
        week=week_text(day),
        holiday=holiday(day),
        problem=problem,
        is_taken=is_taken,
        is_ticked=ticked and not is_taken and not problem,
    )


def _repeat(request, activity, form):
    """Make the dates and redirect, or None with the error in the form."""
    publishes = form.cleaned_data["publishes"]
    try:
        made = repeat_activity(activity, by=request.user, rule=form.rule, days=form.chosen_days(), publishes=publishes)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    words = ngettext("%d date was added.", "%d dates were added.", len(made))
    messages.success(request, words % len(made))
    return redirect(reverse("admin:events_activity_change", args=[activity.pk]) + "#series")
