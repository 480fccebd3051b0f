"""What an app gives staff's search: groups of hits, in the order in which the apps register them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

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
    page: str = "change"  # of the admin, where a hit leads
    also: Callable[[str], Q] | None = (
        None  # question → rows that are found in another way: by what they say, by a number
    )
    search: Callable | None = None  # of creativenorth.search: question → rows, by which a misspelt word is put right
