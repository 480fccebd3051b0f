"""The list of participants: its address, and its rows as text for export and for print."""

from django.db.models import OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from creativenorth.text.swedish import sort_key
from events.models import Attendance, Registration, State

CHUNK = 500


def list_url(activity_id):
    """The address of an activity's list in the admin."""
    return f"{reverse('admin:events_registration_changelist')}?activity__id__exact={activity_id}"


def for_export(rows, *, with_needs):
    """Head and rows of a table, one after the other. Food and access needs stand there only for those who may see them."""
    rows = rows.select_related("activity", "user", "company")
    rows = rows.prefetch_related("answers__question", "attendances__session")
    head = [
        _("Activity"), _("Name"), _("E-mail"), _("Company"), _("Organisation number"), _("State"), _("Takes part"),
        _("Signed up at"), _("Answers"), _("Was there"), _("Minutes"),
    ]  # fmt: skip
    if with_needs:
        rows = rows.select_related("activity", "user", "company", "need")
        head += [_("Food"), _("Access")]
    return head, (_line(row, with_needs) for row in rows.iterator(chunk_size=CHUNK))


def _line(row, with_needs):
    line = [
        row.activity.title, row.name, row.address, row.company or "", row.organisation_number, row.get_state_display(),
        row.get_mode_display(), row.created_at, "; ".join(f"{each.question}: {each}" for each in row.answers.all()),
        "; ".join(str(each.session) for each in row.attendances.all()), sum(each.minutes for each in row.attendances.all()),
    ]  # fmt: skip
    if with_needs:
        need = getattr(row, "need", None)
        line += [", ".join(need.diet_texts), ", ".join(need.access_texts)] if need else ["", ""]
    return line


def for_print(activity, sessions):
    """Those who have a seat and those who were there, by name in Swedish order: pairs of row and marks.

    The marks say of each session that somebody was ticked at whether this one was there; there are none before.
    """
    told = sessions_ticked(sessions)
    rows = Registration.objects.filter(activity=activity).filter(
        Q(state=State.CONFIRMED) | Q(attendances__isnull=False)
    )
    rows = rows.distinct().select_related("user", "company").prefetch_related("attendances")
    found = [(row, {each.session_id for each in row.attendances.all()}) for row in rows]
    found.sort(key=lambda pair: sort_key(pair[0].name))
    return [(row, ["✓" if session.pk in been else "–" for session in told]) for row, been in found]


def sessions_ticked(sessions):
    """The sessions at which somebody has been ticked, of a list that knows (annotated with `ticked`)."""
    return [session for session in sessions if session.ticked]


def minutes_there():
    """For how many minutes in all, as an annotation of registrations."""
    minutes = Attendance.objects.filter(registration=OuterRef("pk")).order_by().values("registration")
    return Subquery(minutes.annotate(total=Sum("minutes")).values("total"))
