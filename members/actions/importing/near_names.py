"""Names of a list that are likely those of companies that are here: another company form, or one letter different."""

import re
from collections import defaultdict

from creativenorth.search.forgiving import distance
from members.actions.merging.duplicates import bare_name
from members.models import Company

SAME_ROW, NONE_OF_THEM = "row", "none"  # what staff can say of a likely name, beside the key of a company
SHORTEST = 5  # letters of a name of which one may be different
_DIGITS = re.compile("[0-9]+")


class NearNames:
    """Names, each with what it belongs to; asked for those like another name. "Studio 1" and "Studio 2" are not alike."""

    def __init__(self, pairs=()):
        self.by_form = defaultdict(list)
        for name, whose in pairs:
            self.add(name, whose)

    def add(self, name, whose):
        bare = bare_name(name)
        for form in _forms(bare):
            self.by_form[form].append((bare, whose))

    def like(self, name):
        """What the names like it belong to, in the order in which they were added."""
        bare = bare_name(name)
        found = (pair for form in _forms(bare) for pair in self.by_form.get(form, ()))
        return sorted({whose for other, whose in found if _is_like(bare, other)})


def companies_like(pairs):
    """{what a name belongs to: keys of the companies with a name like it}, of (name, what it belongs to)."""
    names, found = NearNames(pairs), defaultdict(list)
    for name, key in Company.objects.order_by("pk").values_list("name", "pk"):
        for whose in names.like(name):
            found[whose].append(key)
    return found


def _forms(bare):
    """The name, and the name without each of its letters: two names that differ in one letter have one of these in common."""
    if len(bare) < SHORTEST:
        return {bare} - {""}
    return {bare, *(bare[:at] + bare[at + 1 :] for at in range(len(bare)))}


def _is_like(one, other):
    return one == other or (
        min(len(one), len(other)) >= SHORTEST
        and _DIGITS.findall(one) == _DIGITS.findall(other)
        and distance(one, other) <= 1
    )
