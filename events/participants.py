"""The list of participants as rows of text: for export and for print."""

from django.utils.translation import gettext as _

from creativenorth.swedish import sort_key
from events.models import Registration

CHUNK = 500


def for_export(rows, *, with_needs):
    """Head and rows of a table, one after the other. Food and access needs stand there only for those who may see them."""
    rows = rows.select_related("activity", "user", "company").prefetch_related("answers__question")
    head = [
        _("Activity"), _("Name"), _("E-mail"), _("Company"), _("Organisation number"), _("State"), _("Takes part"),
        _("Signed up at"), _("Answers"),
    ]  # fmt: skip
    if with_needs:
        rows = rows.select_related("activity", "user", "company", "need")
        head += [_("Food"), _("Access")]
    return head, (_line(row, with_needs) for row in rows.iterator(chunk_size=CHUNK))


def _line(row, with_needs):
    line = [
        row.activity.title, row.name, row.address, row.company or "", row.organisation_number, row.get_state_display(),
        row.get_mode_display(), row.created_at, "; ".join(f"{each.question}: {each}" for each in row.answers.all()),
    ]  # fmt: skip
    if with_needs:
        need = getattr(row, "need", None)
        line += [", ".join(need.diet_texts), ", ".join(need.access_texts)] if need else ["", ""]
    return line


def for_print(activity):
    """Those who have a seat, by name in Swedish order."""
    rows = Registration.objects.confirmed().filter(activity=activity).select_related("user", "company")
    return sorted(rows, key=lambda row: sort_key(row.name))
