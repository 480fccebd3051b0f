"""The admin form of an activity: what everybody needs is open, the rest is in collapsed sections with a summary each."""

from dataclasses import dataclass
from datetime import time

from django import forms
from django.contrib import admin
from django.db.models import Min, TextField
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import clock_text, date_span_text, date_text, week_text
from creativenorth.forms.concurrent_edits import OptimisticLockForm, OptimisticLockFormSet
from creativenorth.text.numbers import whole_number
from events.forms.sessions import SessionForm, SessionFormSet, usual_hours
from events.models import Activity, Invitee, Question, Session

# Columns that a new activity copies from the last one: most activities have the same venue and audience.
COPIED_FROM_LAST = [
    "kind", "language", "mode", "municipality", "place", "street", "access_sv", "access_en", "audience", "capacity",
    "online_capacity", "target_groups",
]  # fmt: skip
DEFAULT_HOURS = {"begins": time(13), "ends": time(16)}
OPEN_FIELDSETS = [
    (_("What"), {"fields": ["title_sv", "summary_sv"]}),
    (
        _("Where and for whom"),
        {"fields": ["mode", ("place", "municipality"), "target_groups", ("capacity", "audience")]},
    ),
]
COLLAPSED_FIELDSETS = [
    (
        _("Description"),
        {
            "fields": [("description_sv", "description_en")],
            "description": _("Write as in a letter: an empty line between paragraphs, a hyphen before each point."),
        },
    ),
    (
        _("Picture"),
        {
            "fields": ["picture", ("picture_alt_sv", "picture_alt_en"), ("picture_crop", "photographer")],
            "description": _("The page opens with it, from edge to edge. Without one the date stands in its place."),
        },
    ),
    (_("In English, and the address"), {"fields": ["title_en", "summary_en", "slug"]}),
    (_("Kind, language and hosts"), {"fields": [("kind", "language"), "hosts"]}),
    (
        _("Getting in and taking part"),
        {
            "fields": [
                "street",
                "fee_sek",
                ("online_url", "online_capacity"),
                ("access_sv", "access_en"),
                ("latitude", "longitude"),
            ],
            "description": _("Entrance, lift, toilet, hearing loop: what somebody needs to know before coming."),
        },
    ),
    (
        _("Sign-up"),
        {
            "fields": [
                ("signup_opens_at", "signup_closes_at"),
                ("company_limit", "largest_party"),
                "needs_approval",
                ("asks_organisation_number", "asks_diet", "asks_access"),
                ("details_hours", "requirements_kept_days"),
            ],
        },
    ),
    (
        _("Queue and reminder"),
        {"fields": ["policy", ("offer_hours", "cutoff_hours"), "remind_hours"]},
    ),
]


class SessionInline(admin.StackedInline):
    model = Session
    form = SessionForm
    formset = SessionFormSet
    fields = ["day", "begins", "ends", "last_day", "title_sv", "title_en"]
    template = "admin/events/activity/_dates.html"
    verbose_name_plural = _("dates and times")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.sessions.exists() else 1


class QuestionInline(admin.TabularInline):
    model = Question
    form = OptimisticLockForm
    formset = OptimisticLockFormSet
    fields = ["text_sv", "text_en", "kind", "choices", "is_required", "order"]
    extra = 0
    formfield_overrides = {TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 24})}}


class InviteeInline(admin.TabularInline):
    model = Invitee
    form = OptimisticLockForm
    formset = OptimisticLockFormSet
    extra = 0


def last_activity():
    """The activity made last, of those that are not cancelled."""
    return Activity.objects.filter(cancelled_at=None).order_by("-pk").first()


def initial_from_last():
    last = last_activity()
    return {name: getattr(last, name) for name in COPIED_FROM_LAST} if last else {}


def initial_hours(activity):
    """The hours for a further session: those of the activity's last one, or of the first one of the activity made last.

    An afternoon where there is neither, or where it ended on another day.
    """
    like = activity.sessions.last() if activity.pk else None
    if like is None and (last := last_activity()):
        like = last.sessions.first()
    return (like and usual_hours(like)) or DEFAULT_HOURS


@dataclass
class FormSection:
    """A collapsed part of the form: a fieldset or an inline formset, and a summary of what it contains."""

    name: str
    summary: str
    is_open: bool
    fieldset: object = None
    formset: object = None


def form_sections(adminform, formsets):
    """The parts of the form by the names that the template uses."""
    fieldsets = list(adminform)
    shown, activity = len(OPEN_FIELDSETS), adminform.form.instance
    sections = [
        FormSection(name, summary_of(activity, adminform.form), _has_error(each), fieldset=each)
        for each, (name, _options), summary_of in zip(fieldsets[shown:], COLLAPSED_FIELDSETS, SUMMARIES, strict=True)
    ]
    for each in fieldsets[shown:]:
        each.name = None  # the section's summary line has it
    dates = next((each for each in formsets if each.opts.model is Session), None)
    rest = [each for each in formsets if each is not dates]
    sections += [
        FormSection(capfirst(each.opts.verbose_name_plural), _number(each), _is_wrong(each), formset=each)
        for each in rest
    ]
    return {"what": fieldsets[0], "where": fieldsets[1:shown], "dates": dates, "form_sections": sections}


def _has_error(fieldset):
    return any(field in fieldset.form.errors for line in fieldset for field in line.fields)


def _is_wrong(formset):
    return bool(formset.formset.is_bound and (any(formset.formset.errors) or formset.formset.non_form_errors()))


def _number(formset):
    """How many rows, unless the inline has a `summary` of its own."""
    if hasattr(formset.opts, "summary"):
        return formset.opts.summary(formset.formset)
    number = formset.formset.initial_form_count()
    return str(number) if number else gettext("none")


def _value(form, name):
    """The value in the form; a read-only field is only in the instance."""
    return form[name].value() if name in form.fields else getattr(form.instance, name)


def _description(activity, form):
    text = _value(form, "description_sv")
    return Truncator(text).chars(60) if text else gettext("none yet")


def _english(activity, form):
    missing = [words for name, words in _ENGLISH.items() if not _value(form, name)]
    return gettext("missing: %s") % ", ".join(map(str, missing)) if missing else gettext("complete")


def _picture(activity, form):
    return gettext("has a picture") if activity.picture else gettext("none: the date stands in its place")


_ENGLISH = {"title_en": _("title"), "summary_en": _("summary")}


def _kind(activity, form):
    fields = {"kind": Activity.kind.field, "language": Activity.language.field}
    return ", ".join(str(dict(field.flatchoices).get(_value(form, name), "")) for name, field in fields.items())


def _getting_in(activity, form):
    parts, online = [_value(form, "street")], whole_number(str(_value(form, "online_capacity") or ""))
    parts += [ngettext("%d seat online", "%d seats online", online) % online] if online is not None else []
    parts += [gettext("link to the meeting")] if _value(form, "online_url") else []
    parts += [gettext("accessibility described")] if _value(form, "access_sv") else []
    return ", ".join(each for each in parts if each) or gettext("nothing said")


def _sign_up(activity, form):
    opens, closes = activity.signup_opens_at, activity.signup_closes_at
    parts = [_moment(gettext("opens %s"), opens) if opens else gettext("opens at once")]
    parts += [_moment(gettext("closes %s"), closes) if closes else gettext("closes when it begins")]
    asked = {
        "needs_approval": gettext("you approve each"),
        "asks_organisation_number": gettext("asks for the organisation number"),
        "asks_diet": gettext("asks about food"),
        "asks_access": gettext("asks about access"),
    }
    return ", ".join(parts + [words for name, words in asked.items() if _value(form, name)])


def _moment(words, at):
    return words % f"{date_text(at)} {clock_text(at)}"


def _waiting_list(activity, form):
    policy = dict(Activity.policy.field.flatchoices).get(_value(form, "policy"), "")
    hours = activity.remind_hours or 0
    reminder = ngettext("reminder %d hour before", "reminders %d hours before", hours) % hours
    return f"{policy}, {reminder if hours else gettext('no reminder')}"


SUMMARIES = [_description, _picture, _english, _kind, _getting_in, _sign_up, _waiting_list]


def series_overview(activity):
    """The series as text and its activities by date, each with its state; None outside a series."""
    if activity.series_id is None:
        return None
    rows = Activity.objects.filter(series=activity.series_id).defer("folded").order_by("series_on")
    rows = rows.annotate(starts_at=Min("sessions__starts_at"), ends_at=Min("sessions__ends_at"))
    return {"words": str(activity.series), "rows": [_series_row(row, activity) for row in rows]}


def _series_row(row, activity):
    day = row.starts_at or row.series_on
    when = date_span_text(row.starts_at, row.ends_at) if row.starts_at else date_text(day)
    return {
        "url": reverse("admin:events_activity_change", args=[row.pk]),
        "text": f"{when}, {week_text(day)}",
        "state": gettext("Cancelled") if row.is_cancelled else row.state_text,
        "is_own": bool(row.own_fields),
        "is_this": row.pk == activity.pk,
    }
