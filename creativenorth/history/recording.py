"""History of every object, append-only, written by triggers in the database so that no change goes unrecorded."""

import pghistory
from pghistory import middleware

MAY_EMPTY = "creativenorth.may_empty_tables"  # the tests' own server sets it, to clean up between tests


def recorded(*exclude):
    """Class decorator: each insert, update and delete of the model is recorded in a row that nobody can change.

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
    """Class decorator for a proxy of a many-to-many relation's own table: records links made and removed.

    A proxy, since migrations do not see triggers on the table's automatic model.
    """
    return pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True, obj_field=None)(proxy)


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
