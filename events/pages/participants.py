"""The list of participants: its address, and its rows for export and for print."""

from urllib.parse import urlencode

from django.db.models import OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from creativenorth.text.swedish import sort_key
from events.models import Attendance, Question, Registration, State
from events.texts import session_text

CHUNK = 500


def list_url(activity_id):
    return f"{reverse('admin:events_registration_changelist')}?activity__id__exact={activity_id}"


def export_rows(rows, *, with_requirements):
    """Header and rows of a table. `with_requirements` adds food and access needs.

    Each question has a column; the same question of several activities, like those of a series, has one.
    """
    questions = _questions_of(rows)
    rows = rows.with_dates().select_related("activity", "user", "company__number")
    rows = rows.prefetch_related("answers__question", "attendances__session")
    head = [
        _("Activity"), _("Begins"), _("Ends"), _("Name"), _("E-mail"), _("Company"), _("Organisation number"), _("State"),
        _("Takes part"), _("Signed up at"), _("Was there"), _("Minutes"), *questions,
    ]  # fmt: skip
    if with_requirements:
        rows = rows.select_related("activity", "user", "company__number", "requirements")
        head += [_("Food"), _("Access")]
    return head, (_line(row, questions, with_requirements) for row in rows.iterator(chunk_size=CHUNK))


def _questions_of(rows):
    """The texts of the questions of all activities in the rows, in the order in which they are asked."""
    found = Question.objects.filter(activity__in=rows.order_by().values("activity")).order_by("order", "pk")
    return list(dict.fromkeys(str(question) for question in found))


def _line(row, questions, with_requirements):
    attendances, answers = row.attendances.all(), {str(each.question): str(each) for each in row.answers.all()}
    line = [
        row.activity.title, row.first_at, row.last_at, row.name, row.address, row.company or "", _number_of(row),
        row.get_state_display(), row.get_mode_display(), row.created_at,
        "; ".join(session_text(each.session) for each in attendances), sum(each.minutes for each in attendances),
        *(answers.get(question, "") for question in questions),
    ]  # fmt: skip
    if with_requirements:
        needed = getattr(row, "requirements", None)
        line += [", ".join(needed.diet_texts), ", ".join(needed.access_texts)] if needed else ["", ""]
    return line


def _number_of(row):
    """The register's number of the company, a sole trader's masked; where it has none, what the guest gave."""
    kept = getattr(row.company, "number", None)
    return kept.masked if kept else row.organisation_number


def print_rows(activity, sessions):
    """Those who have a seat and those who attended, by name in Swedish order: pairs of registration and marks.

    The marks say for each session at which somebody was ticked whether this one was.
    """
    ticked = ticked_sessions(sessions)
    rows = Registration.objects.filter(activity=activity).filter(
        Q(state=State.CONFIRMED) | Q(attendances__isnull=False)
    )
    rows = rows.distinct().select_related("user", "company").prefetch_related("attendances")
    found = [(row, {each.session_id for each in row.attendances.all()}) for row in rows]
    found.sort(key=lambda pair: sort_key(pair[0].name))
    return [(row, ["✓" if session.pk in attended else "–" for session in ticked]) for row, attended in found]


def ticked_sessions(sessions):
    """Those at which somebody was ticked; `sessions` are annotated with `ticked`."""
    return [session for session in sessions if session.ticked]


def minutes_attended():
    minutes = Attendance.objects.filter(registration=OuterRef("pk")).order_by().values("registration")
    return Subquery(minutes.annotate(total=Sum("minutes")).values("total"))


def write_to_url(activity, rows=None):
    """Staff's page for a letter to the activity's people; to the registrations `rows` alone, where given."""
    query = {"recipients": "activity_all" if rows is None else "activity_chosen", "of_object": activity.pk}
    if rows is not None:
        query["chosen"] = ",".join(str(pk) for pk in rows.values_list("pk", flat=True))
    return f"{reverse('admin:members_letter_add')}?{urlencode(query)}"
