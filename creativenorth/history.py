"""History of every object, written by triggers in the database so that nothing slips past, and append-only."""

import pghistory


def recorded(*exclude):
    """Class decorator: each insert, update and delete of the model becomes a row that nobody can change.

    `exclude` names columns that are derived or secret.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        exclude=list(exclude),
    )


def recorded_links(proxy):
    """Class decorator for a proxy of a many-to-many relation's own table: links made and links taken away.

    A proxy, since migrations do not see triggers on the table's automatic model.
    """
    return pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True, obj_field=None)(proxy)


def event_model_of(model):
    """Where the history of the model, or of the link table with that automatic model, is kept; None where nowhere."""
    for candidate in (model, *model.__subclasses__()):
        if "pgh_event_models" in vars(candidate):
            return candidate.pgh_event_model
    return None
