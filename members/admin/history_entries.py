"""History entries of a company or a person beyond its own columns: its profile, what was merged into it, who read its number in full."""

from itertools import pairwise

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.history.entries import (
    LONGEST,
    Change,
    HistoryEntry,
    extra_entries_source,
    merged_objects_source,
    successors_source,
)
from creativenorth.history.recording import event_model_of
from members.models import Company, Merge, ProfileVersion, User
from members.profile.changes import changes

MOST_READINGS = 500


@merged_objects_source
def merged_rows(obj):
    """The rows that were merged into this one, as they last were."""
    if not isinstance(obj, Company | User):
        return []
    events = event_model_of(type(obj)).objects
    gone = [merge.gone for merge in obj.merges.all()]
    last = events.filter(pgh_obj_id__in=gone).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return [_as_it_was(type(obj), event) for event in last]


def _as_it_was(model, event):
    """An unsaved object with the name and the key under which history is kept."""
    columns = {"email": event.email} if model is User else {}
    return model(pk=event.pgh_obj_id, name=event.name, **columns)


@extra_entries_source
def merges(obj):
    if not isinstance(obj, Company | User):
        return []
    names = {former.pk: str(former) for former in merged_rows(obj)}
    return [
        HistoryEntry(merge.at, merge.merged_by_id, _("merged"), [Change(_("Taken in"), after=_taken_in(merge, names))])
        for merge in obj.merges.all()
    ]


def _taken_in(merge, names):
    count = sum(merge.moved.values())
    rows = ngettext("with %d row that hung on it", "with %d rows that hung on it", count) % count
    return f"{names.get(merge.gone, merge.slug or merge.gone)}, {rows}"


@extra_entries_source
def readings(obj):
    """Who has read a sole trader's number in full."""
    if not isinstance(obj, Company):
        return []
    change = [Change(_("Organisation number"), after=_("read in full"))]
    read = obj.number_readings.order_by("-at")[:MOST_READINGS]
    return [HistoryEntry(reading.at, reading.reader_id, _("read"), change) for reading in read]


@extra_entries_source
def published_profiles(obj):
    """What each kept version of a company's profile said otherwise than the one before it."""
    if not isinstance(obj, Company) or obj._state.adding:
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


@successors_source
def merged_into(keys):
    return dict(Merge.objects.filter(gone__in=keys, person__isnull=False).values_list("gone", "person_id"))
