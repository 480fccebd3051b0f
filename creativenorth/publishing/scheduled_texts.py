"""Texts that wait: what somebody has written takes the place of what stands at a time of its own.

One change waits for an object at most. It holds the texts alone that were changed; the worker puts them in within the
minute (creativenorth.publishing), in the name of who wrote them.
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
    """The columns of the model's texts in both languages: what can wait."""
    names = {column.name for column in model._meta.concrete_fields}
    pairs = [f"{name.removesuffix('_sv')}" for name in names if name.endswith("_sv")]
    return {f"{name}_{code}" for name in pairs for code in ("sv", "en") if f"{name}_{code}" in names}


def waiting_for(obj):
    """The change that waits for the object, or None."""
    kind = ContentType.objects.get_for_model(obj)
    return ScheduledText.objects.filter(content_type=kind, object_id=obj.pk).select_related("written_by").first()


@transaction.atomic
def let_wait(obj, texts, *, at, by):
    """Keep the texts, {column: text}, until `at`; what waited before for the object is replaced."""
    kind = ContentType.objects.get_for_model(obj)
    return ScheduledText.objects.update_or_create(
        content_type=kind, object_id=obj.pk, defaults={"texts": texts, "shown_at": at, "written_by": by}
    )[0]


def call_off(obj):
    """Nothing waits for the object any more. May be repeated."""
    kind = ContentType.objects.get_for_model(obj)
    ScheduledText.objects.filter(content_type=kind, object_id=obj.pk).delete()


@every_minute
def show_texts(now):
    """Put in every change whose time has come; one that the database refuses is logged and left, the others go on.

    A change of what has been deleted meanwhile goes with it.
    """
    for pk in list(ScheduledText.objects.filter(shown_at__lte=now).values_list("pk", flat=True)):
        try:
            _show(pk)
        except DatabaseError:
            logger.exception("a text that waited could not be shown: %s", pk)


@transaction.atomic
def _show(pk):
    waiting = ScheduledText.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if waiting is None:
        return
    with pghistory.context(user=waiting.written_by_id):
        try:
            obj = waiting.content_type.get_object_for_this_type(pk=waiting.object_id)
        except ObjectDoesNotExist:
            waiting.delete()
            return
        columns = waiting.texts.keys() & text_columns(type(obj))
        for name in columns:
            setattr(obj, name, waiting.texts[name])
        obj.save(update_fields=columns)
        waiting.delete()
