"""What an app gives staff's search: groups of hits, in the order in which the apps register them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from creativenorth.hooks import Hook

finder_groups = Hook("Values: each a `FinderGroup`.")


@dataclass(frozen=True)
class FinderGroup:
    """Rows of a model that its admin's own search finds, first those whose column `called` has the words."""

    model: type[Model]
    called: str
    detail: Callable  # row → text beside its name
    rows: Callable[[], QuerySet] | None = None  # without it all rows
    title: str = ""  # without it the model's name
