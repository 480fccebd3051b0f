"""The page on which an activity is repeated, and what its form says of the series that it belongs to."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from creativenorth.dates import date_text, week_text
from creativenorth.swedishdays import holiday
from events import recurrence
from events.actions.copies import moved
from events.actions.series import repeat_activity
from events.admin.activity_pages import back_to, changeable
from events.forms.series import USUAL, RuleForm
from events.models import Activity
from events.words import public_from_text, session_text


@dataclass
class Day:
    """One date to choose: its words, what stands in its way, and whether it is ticked."""

    value: str
    text: str
    week: str
    holiday: str
    problem: str = ""
    is_taken: bool = False
    is_ticked: bool = False


def repetition(desk, request, pk):
    """GET: the rule and its dates. POST: makes the dates that are ticked; with `_show` it only shows what the rule gives.

    Asked by htmx, the dates alone. 422 with what is wrong. Sent twice, the second makes nothing more.
    """
    activity = changeable(request, pk)
    sessions = list(activity.sessions.order_by("starts_at"))
    if not sessions:
        desk.message_user(request, gettext("Give the activity a date and a time before it is repeated."), "error")
        return back_to(activity)
    makes = request.method == "POST" and "_show" not in request.POST
    form = _form(request, activity, sessions)
    if makes and form.is_valid() and (answer := _repeat(desk, request, activity, form)):
        return answer
    days = _days(form, sessions, makes) if form.has_rule else []
    context = desk.admin_site.each_context(request) | {
        "title": gettext("More dates") if activity.series_id else gettext("Repeat the activity"),
        "activity": activity,
        "first": session_text(sessions[0]),
        "form": form,
        "days": days,
        "number": sum(day.is_ticked for day in days),
        "problems": [text for texts in form.errors.values() for text in texts] if request.htmx else [],
        "opts": desk.opts,
    }
    name = "_dates_to_come" if request.htmx else "repetition"
    status = 422 if form.errors and not request.htmx else 200
    return render(request, f"admin/events/activity/{name}.html", context, status=status)


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
    """What the form begins with: the series' own rule and one date more, or four weeks."""
    data = QueryDict(mutable=True)
    data["frequency"], data["interval"] = (series.frequency, series.interval) if series else ("weekly", 1)
    data["count"] = min(_number_so_far(series) + 1 if series else USUAL, recurrence.MOST)
    if not activity.is_draft:
        data["publishes"] = "on"
    return data


def _number_so_far(series):
    """How many dates the rule gives up to the last one, those among them that were left out."""
    rule = recurrence.Rule(series.frequency, series.starts_on, series.interval, until=series.ends_on)
    return len(rule.dates())


def _days(form, sessions, is_answer):
    first = timezone.localtime(sessions[0].starts_at).date()
    return [_day(form, day, sessions, (day - first).days, is_answer) for day in form.days()]


def _day(form, day, sessions, days, is_answer):
    problem = ""
    try:
        for session in sessions:
            moved(session.starts_at, days), moved(session.ends_at, days)
    except ValidationError as error:
        problem = error.messages[0]
    is_taken = day in form.taken
    ticked = day in form.asked_for if is_answer else form.is_suggested(day)
    return Day(
        value=day.isoformat(), text=date_text(day), week=week_text(day), holiday=holiday(day), problem=problem,
        is_taken=is_taken, is_ticked=ticked and not is_taken and not problem,
    )  # fmt: skip


def _repeat(desk, request, activity, form):
    """Make them and go on, or None with what is wrong in the form."""
    publishes = form.cleaned_data["publishes"]
    try:
        made = repeat_activity(activity, by=request.user, rule=form.rule, days=form.wanted(), publishes=publishes)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    words = ngettext("%d date was added.", "%d dates were added.", len(made))
    desk.message_user(request, words % len(made), "success")
    return HttpResponseRedirect(reverse("admin:events_activity_change", args=[activity.pk]) + "#series")


def members_of(activity):
    """The series in words and its activities by date, each with its state; None for what does not repeat."""
    if activity.series_id is None:
        return None
    rows = Activity.objects.filter(series=activity.series_id).defer("folded").order_by("series_on")
    rows = rows.annotate(starts_at=Min("sessions__starts_at"))
    return {"words": str(activity.series), "rows": [_member(row, activity) for row in rows]}


def _member(row, activity):
    day = row.starts_at or row.series_on
    return {
        "url": reverse("admin:events_activity_change", args=[row.pk]),
        "text": f"{date_text(day)}, {week_text(day)}",
        "state": _state(row),
        "is_own": bool(row.own_fields),
        "is_this": row.pk == activity.pk,
    }


def _state(row):
    if row.is_cancelled:
        return gettext("Cancelled")
    if row.is_scheduled:
        return public_from_text(row)
    return gettext("Draft") if row.is_draft else gettext("Published")
