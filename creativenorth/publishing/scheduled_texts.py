"""Scheduled texts: what somebody has written replaces the present text at a given time.

An object has one scheduled change at most. It holds only the texts that were changed; the queue worker saves them within
a minute of their time, in the name of who wrote them.
"""

import logging

import pghistory
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction

from creativenorth.publishing.models import ScheduledText
from creativenorth.publishing.schedule import every_minute

logger = logging.getLogger(__name__)


def text_columns(model):
    """Names of the columns that can be scheduled: texts that exist in both languages."""
    names = {column.name for column in model._meta.concrete_fields}
    pairs = [f"{name.removesuffix('_sv')}" for name in names if name.endswith("_sv")]
    return {f"{name}_{code}" for name in pairs for code in ("sv", "en") if f"{name}_{code}" in names}


def scheduled_for(obj):
    """The scheduled change of the object, or None."""
    kind = ContentType.objects.get_for_model(obj)
    return ScheduledText.objects.filter(content_type=kind, object_id=obj.pk).select_related("written_by").first()


@transaction.atomic
def schedule(obj, texts, *, at, by):
    """Keep the texts, {column: text}, until `at`; an earlier scheduled change of the object is replaced."""
    kind = ContentType.objects.get_for_model(obj)
    return ScheduledText.objects.update_or_create(
        content_type=kind, object_id=obj.pk, defaults={"texts": texts, "shown_at": at, "written_by": by}
    )[0]


def cancel(obj):
    """Drop the scheduled change of the object. May be repeated."""
    kind = ContentType.objects.get_for_model(obj)
    ScheduledText.objects.filter(content_type=kind, object_id=obj.pk).delete()


@every_minute
def show_texts(now):
    """Save every change whose time has come; one that the database refuses is logged and left, the others go on.

    The change of an object that has been deleted meanwhile is dropped.
    """
    for pk in list(ScheduledText.objects.filter(shown_at__lte=now).values_list("pk", flat=True)):
        try:
            _show(pk)
        except DatabaseError:
            logger.exception("a scheduled text could not be shown: %s", pk)


@transaction.atomic
def _show(pk):
    scheduled = ScheduledText.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if scheduled is None:
        return
    with pghistory.context(user=scheduled.written_by_id):
        try:
            obj = scheduled.content_type.get_object_for_this_type(pk=scheduled.object_id)
        except ObjectDoesNotExist:
            scheduled.delete()
            return
        columns = scheduled.texts.keys() & text_columns(type(obj))
        for name in columns:
            setattr(obj, name, scheduled.texts[name])
        obj.save(update_fields=columns)
        scheduled.delete()
