"""History of every object, append-only, written by triggers in the database so that no change goes unrecorded."""

import pghistory
import pgtrigger
from pghistory import middleware

MAY_EMPTY = "creativenorth.may_empty_tables"  # the tests' own server sets it, to clean up between tests

_NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    level=pgtrigger.Statement,
    func=f"""
        IF current_setting('{MAY_EMPTY}', true) IS DISTINCT FROM 'on' THEN
            RAISE EXCEPTION 'TRUNCATE would leave no trace: table %', TG_TABLE_NAME;
        END IF;
        RETURN NULL;
    """,
)


def _never_emptied(model):
    """Refuse TRUNCATE, which fires no trigger for rows, on the model's table and on its history."""
    pgtrigger.register(_NEVER_EMPTIED)(model)
    pgtrigger.register(_NEVER_EMPTIED)(model.pgh_event_model)
    return model


def recorded(*exclude):
    """Class decorator: each insert, update and delete of the model is recorded in a row that nobody can change.

    `exclude` names columns that are derived or secret.
    """
    track = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        exclude=list(exclude),
    )
    return lambda model: _never_emptied(track(model))


def recorded_links(proxy):
    """Class decorator for a proxy of a many-to-many relation's own table: records links made and removed.

    A proxy, since migrations do not see triggers on the table's automatic model.
    """
    track = pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True, obj_field=None)
    return _never_emptied(track(proxy))


def event_model_of(model):
    """The model of the history of `model`, or of the link table with that automatic model; None where it has none."""
    for candidate in (model, *model.__subclasses__()):
        if "pgh_event_models" in vars(candidate):
            return candidate.pgh_event_model
    return None


class HistoryMiddleware(middleware.HistoryMiddleware):
    """Records who made a change and on which page, by the page's name: its address may have a secret link."""

    def get_context(self, request):
        return {"user": super().get_context(request)["user"]}

    def process_view(self, request, view, args, kwargs):
        pghistory.context(page=request.resolver_match.view_name)
