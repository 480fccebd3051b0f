"""While an activity is being written: its days as text, and a preview of its page. Nothing is saved."""

import re

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.dateparse import parse_date

from creativenorth.dates.swedish_days import day_text
from creativenorth.staff.pages import READS, WRITES, staff_page
from events.forms.sessions import day_text_id
from events.models import Activity, Session
from events.pages.session_lines import activity_page, session_lines
from events.pages.signup_box import preview_sign_up_box

_DAY = re.compile(r"sessions-(\d+)-day")


@staff_page(methods=READS)
def days(request):
    """GET by htmx as dates are chosen: weekday, week and holiday of each row of the form."""
    found = []
    for name, text in request.GET.items():
        if match := _DAY.fullmatch(name):
            found.append({"id": day_text_id(f"sessions-{match[1]}"), "text": _day_text(text)})
    return render(request, "admin/events/activity/_day_texts.html", {"days": found})


def _day_text(text):
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return day_text(day) if day and day.year < 2100 else ""


@staff_page(methods=WRITES)
def preview(request, pk=None):
    """POST of the form: the activity's page in the language of `?in=`; nothing is saved. 422 with errors."""
    language = "en" if request.GET.get("in") == "en" else "sv"
    activity = get_object_or_404(Activity, pk=pk) if pk else None
    model_admin = admin.site.get_model_admin(Activity)
    if not (model_admin.has_change_permission(request) if pk else model_admin.has_add_permission(request)):
        raise PermissionDenied
    with transaction.atomic():
        form, dates = _as_sent(model_admin, request, activity)
        if not (dates.is_valid() and form.is_valid()):
            return render(request, "creativenorth/preview_errors.html", _errors(form, dates), status=422)
    with translation.override(language):
        response = render(request, "events/activity.html", _page(form.instance, dates))
    response.headers["Content-Language"] = language
    return response


def _as_sent(model_admin, request, activity):
    """The admin's own form and session formset with the submitted data."""
    form = model_admin.get_form(request, activity, change=activity is not None)(request.POST, instance=activity)
    form.full_clean()  # the session forms read the instance that this fills
    found = model_admin.get_formsets_with_inlines(request, activity)
    formset_class = next(formset_class for formset_class, inline in found if inline.model is Session)
    return form, formset_class(request.POST, instance=form.instance, prefix="sessions")


def _errors(form, dates):
    """The form, with the errors of the sessions added to its own."""
    texts = [
        *dates.non_form_errors(),
        *(text for errors in dates.errors for texts in errors.values() for text in texts),
    ]
    for text in texts:
        form.add_error(None, text)
    return {"form": form}


def _page(activity, dates):
    filled = [form for form in dates.forms if form.has_changed() or form.instance.pk]
    sessions = [form.instance for form in filled if form not in dates.deleted_forms]
    lines = session_lines(sorted(sessions, key=lambda session: session.starts_at))
    activity.published_at = activity.published_at or timezone.now()
    shown = activity_page(activity, lines) | {"is_preview": True, "names": [], "can_edit": False, "event_data": ""}
    return shown | {"box": preview_sign_up_box(activity, lines[0].starts_at if lines else None)}
