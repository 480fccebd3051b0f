"""Telling of a new date, place or number of seats: staff choose whether, and what changes within ten minutes is one mail."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation

from creativenorth.text.swedish import name_key
from events.actions.mails.calendar_parts import calendar_parts, cancelled_entries
from events.actions.mails.differences import FOR_ALL, differences, removed_entries
from events.actions.mails.facts import facts_of
from events.actions.mails.links import language_of
from events.actions.mails.steps import Step, one_mail_each, tell
from events.models import Notice, Registration
from events.models.notice import Choice
from events.permissions import may_edit

TOGETHER = timedelta(minutes=10)


def note_change(activity, before, *, group):
    """Keep that staff have changed the activity, for them to choose whether it is told; None where it concerns nobody.

    Where a notice waits already, the change joins it; one that is about to leave waits ten minutes more.
    """
    if not differences(before, activity):
        return None
    waiting = Notice.objects.select_for_update(of=("self",)).waiting().filter(activity=activity).first()
    if waiting is None:
        notice = Notice(activity=activity, before=before, group=group)
        if not activity.is_public or activity.is_cancelled or activity.is_over or not receivers(notice):
            return None
        notice.save(force_insert=True)
        return notice
    if not differences(waiting.before, activity):  # all is as people know it
        waiting.delete()
        return None
    if waiting.choice == Choice.TELL:
        waiting.leaves_at = timezone.now() + TOGETHER
        waiting.save(update_fields=["leaves_at"])
    else:
        Notice.objects.waiting().filter(group=waiting.group).update(group=group)
    waiting.refresh_from_db()
    return waiting


@transaction.atomic
def choose(notices, *, by, tells, line_sv="", line_en="", at_once=False):
    """Tell those whom the notices concern in ten minutes, or `at_once`, or not. What has been told stays told.

    Raises `PermissionDenied`.
    """
    if not may_edit(by):
        raise PermissionDenied
    now = timezone.now()
    for notice in notices.select_for_update(of=("self",)).waiting().order_by("pk"):
        notice.choice = Choice.TELL if tells else Choice.SILENT
        notice.leaves_at = (now if at_once else now + TOGETHER) if tells else None
        notice.line_sv, notice.line_en = line_sv.strip(), line_en.strip()
        notice.decided_by, notice.decided_at = by, now
        notice.save(update_fields=["choice", "leaves_at", "line_sv", "line_en", "decided_by", "decided_at"])


def end_notices(activity):
    """What waits to be told of an activity that is cancelled is told no more: its cancellation is."""
    Notice.objects.waiting().filter(activity=activity).update(choice=Choice.SILENT, leaves_at=None)


def receivers(notice):
    """Registrations with an address that the changes concern: everybody by date and place, those who wait by seats."""
    kinds = {difference.kind for difference in differences(notice.before, notice.activity)}
    rows = Registration.objects.active().filter(activity=notice.activity).select_related("user", "company", "activity")
    found = {}
    for row in rows.order_by("pk"):
        concerns = bool(kinds & FOR_ALL)
        concerns |= "link" in kinds and row.mode == "online" and row.is_confirmed
        concerns |= "seats" in kinds and row.is_waiting
        if concerns and row.address:
            found[row.address, name_key(row.name)] = row
    return list(found.values())


def step_of(notice, row, *, language=""):
    """What one of the receivers is told, in their language or the given one."""
    language = language or language_of(row)
    with translation.override(language):
        facts = facts_of(row, notice.activity)
        found = differences(notice.before, notice.activity)
        facts |= {
            "line": (language == "en" and notice.line_en) or notice.line_sv,
            "changes": "\n".join(difference.text for difference in found),
        }
    calendar = ""
    if row.is_confirmed:
        gone = removed_entries(notice.before, notice.activity, changed_at=timezone.now())
        calendar = calendar_parts(row, notice.activity) + cancelled_entries(row, gone)
    return Step(row, "seat_changed", facts, f"notice:{notice.pk}", calendar)


def tell_due(now=None):
    """Mail what is due, one mail to each person for all that was changed together."""
    now = now or timezone.now()
    for group in list(Notice.objects.due(now).values_list("group", flat=True).distinct().order_by("group")):
        _tell_group(group, now)


@transaction.atomic
def _tell_group(group, now):
    waiting = Notice.objects.select_for_update(of=("self",), skip_locked=True).due(now).filter(group=group)
    with one_mail_each():
        for notice in waiting.select_related("activity").order_by("pk"):
            is_off = notice.activity.is_cancelled or notice.activity.is_over
            rows = [] if is_off else receivers(notice)
            for row in rows:
                tell(step_of(notice, row))
            notice.told_at, notice.told_number = now, len(rows)
            notice.save(update_fields=["told_at", "told_number"])
