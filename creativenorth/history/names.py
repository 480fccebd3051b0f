"""What rows are called whose neighbours may be gone: a history outlives what it names."""

from django.core.exceptions import ObjectDoesNotExist

from creativenorth.history.recording import event_model_of


def known(row, relation):
    """What `row.relation` points to; of a row that is gone, its last name; "–" where nothing is known of it."""
    try:
        return getattr(row, relation)
    except ObjectDoesNotExist:
        column = row._meta.get_field(relation)
        return last_name(column.related_model, getattr(row, column.attname)) or "–"


def last_name(model, pk):
    """What the row was called when it was last recorded; "" where it never was."""
    recorded = event_model_of(model)
    event = recorded.objects.filter(pgh_obj_id=pk).order_by("pgh_id").last() if recorded and pk else None
    return str(row_of(model, event)) if event else ""


def row_of(model, event):
    """An unsaved object with the values that the event recorded."""
    recorded = {column.attname for column in event._meta.concrete_fields}
    names = [column.attname for column in model._meta.concrete_fields if column.attname in recorded]
    return model(**{name: getattr(event, name) for name in names})
