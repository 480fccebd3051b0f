"""What an app gives the portal's search: groups of hits, in the order in which the apps register them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from creativenorth.hooks import Hook

search_groups = Hook("Values: each a `SearchGroup`.")


@dataclass(frozen=True)
class Hit:
    url: str
    title: str
    text: str
    meta: str = ""
    is_cancelled: bool = False
    unpublished_text: str = ""


@dataclass(frozen=True)
class SearchGroup:
    """`rows(user, question)`, of creativenorth.search, answers a queryset of what the person may see, `hits(rows, user)` their `Hit`s."""

    name: str
    title: Promise
    list_route: str
    rows: Callable
    hits: Callable
