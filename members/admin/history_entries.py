"""History entries of a company or a person beyond its own columns: its profile, what was merged into it, who read its number in full."""

from itertools import pairwise

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.history.entries import LONGEST, Change, HistoryEntry, more_entries, recorded_entries
from creativenorth.history.recording import event_model_of
from members.models import Company, ProfileVersion, User
from members.profile.changes import changes

MOST_READINGS = 500


@more_entries.register
def merges(obj, rows_inside):
    """That others were merged into this one, and what had happened to them."""
    if not isinstance(obj, Company | User):
        return []
    found, former = [], {each.pk: each for each in _merged_rows(obj)}
    for each in former.values():
        for entry in recorded_entries(each, rows_inside):
            entry.merged_from = str(each)
            found.append(entry)
    for merge in obj.merges.all():
        taken_in = [Change(_("Merged in"), after=_taken_in(merge, former))]
        found.append(HistoryEntry(merge.at, merge.merged_by_id, _("merged"), taken_in))
    return found


def _merged_rows(obj):
    """The rows that were merged into this one, as they last were."""
    events = event_model_of(type(obj)).objects
    gone = [merge.gone for merge in obj.merges.all()]
    last = events.filter(pgh_obj_id__in=gone).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return [_as_it_was(type(obj), event) for event in last]


def _as_it_was(model, event):
    """An unsaved object with the name and the key under which history is kept."""
    columns = {"email": event.email} if model is User else {}
    return model(pk=event.pgh_obj_id, name=event.name, **columns)


def _taken_in(merge, former):
    count = sum(merge.moved.values())
    rows = ngettext("with %d row that belonged to it", "with %d rows that belonged to it", count) % count
    return f"{former.get(merge.gone, merge.slug or merge.gone)}, {rows}"


@more_entries.register
def readings(obj, rows_inside):
    """Who has read a sole trader's number in full."""
    if not isinstance(obj, Company):
        return []
    change = [Change(_("Organisation number"), after=_("read in full"))]
    read = obj.number_readings.order_by("-at")[:MOST_READINGS]
    return [HistoryEntry(reading.at, reading.reader_id, _("read"), change) for reading in read]


@more_entries.register
def published_profiles(obj, rows_inside):
    """What each kept version of a company's profile said otherwise than the one before it."""
    if not isinstance(obj, Company):
        return []
    versions = obj.versions.filter(published_at__isnull=False).order_by("published_at", "pk")
    versions = list(versions.prefetch_related("sectors", "skills", "works"))
    return [
        HistoryEntry(
            after.published_at, after.published_by_id, _("profile published"), _as_texts(changes(before, after))
        )
        for before, after in pairwise([ProfileVersion(company=obj), *versions])
    ]


def _as_texts(found):
    return [Change(each.label, _as_text(each.before), _as_text(each.after)) for each in found]


def _as_text(parts):
    """Of a diff's parts, or the address of a picture."""
    return Truncator(parts if isinstance(parts, str) else "".join(text for text, _differs in parts)).chars(LONGEST)
