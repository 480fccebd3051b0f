"""What importing a table would do, row by row; nothing is written.

The plan is made anew whenever it is shown, and once more under locks when the import runs, so it always shows the
present state.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from members.actions.importing import companies, people
from members.actions.importing.columns import fields_of, masked_if_personal
from members.actions.importing.near_names import NONE_OF_THEM, SAME_ROW
from members.models.table_import import ImportKind

KINDS = {ImportKind.COMPANIES: companies, ImportKind.PEOPLE: people}


class Verdict(TextChoices):
    NEW = "new", gettext_lazy("new")
    UPDATE = "update", gettext_lazy("changes what is here")
    UNCHANGED = "unchanged", gettext_lazy("as it is here already")
    LIKELY = "likely", gettext_lazy("perhaps here already")
    ERROR = "error", gettext_lazy("cannot be imported")

    def of(self, number):
        return ngettext("new row", "new rows", number) if self == Verdict.NEW else self.label


@dataclass
class Line:
    """One row: its number in the file, its cells as text, the values read from them, errors, the row found, and its changes.

    What staff have chosen for it: `same_as` is the key of the company that it likely means, `SAME_ROW` for the row above, or
    `NONE_OF_THEM`; with `leaves_empty` it is imported without the values that cannot be read.
    """

    number: int
    cells: dict
    same_as: str = ""
    leaves_empty: bool = False
    values: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    emptied: dict = field(default_factory=dict)  # {name: what is wrong with the value that is left out}
    optional: set = field(default_factory=set)  # names of values that it can be imported without
    likely: list = field(default_factory=list)  # companies here with a name like that of the row
    likely_row: int | None = None  # number of a row above with such a name
    target: object = None
    changes: dict = field(default_factory=dict)  # {name: (before, after)}, as texts
    verdict: str = ""

    def wrong(self, name, text, *, optional=False):
        """Add an error; only the first one of each cell is kept. An optional value may be left out instead."""
        if optional and self.leaves_empty:
            self.values.pop(name, None)
            self.emptied.setdefault(name, str(text))
        else:
            self.errors.setdefault(name, str(text))
            self.optional |= {name} if optional else set()

    @property
    def can_leave_empty(self):
        return bool(self.errors) and self.errors.keys() <= self.optional

    @property
    def is_undecided(self):
        answers = {
            NONE_OF_THEM,
            *(str(company.pk) for company in self.likely),
            *([SAME_ROW] if self.likely_row else []),
        }
        return bool(self.likely or self.likely_row) and self.same_as not in answers

    def chosen(self):
        """The company that staff have chosen among the likely ones, if any."""
        return next((company for company in self.likely if self.same_as == str(company.pk)), None)


def lines_of(table_import, *, lock=False):
    """A `Line` for every row, in a constant number of queries; with `lock` the rows found are locked."""
    kind, fields = KINDS[table_import.kind], {one.name: one for one in fields_of(table_import.kind)}
    columns = {int(index): fields[name] for index, name in table_import.columns.items() if name in fields}
    lines = [_read(number, row, columns, table_import.choices) for number, row in table_import.rows]
    _require(lines, fields, columns)
    _refuse_repeated_rows(lines, kind.KEYS)
    kind.match(lines, lock=lock)
    for line in lines:
        if not (line.errors or line.is_undecided) and line.target is not None:
            line.changes = kind.changes(line)
        line.verdict = _verdict(line)
    return lines


def _read(number, row, columns, choices):
    line = Line(number, {one.name: row[index] for index, one in columns.items()}, **choices.get(str(number), {}))
    for one in columns.values():
        text = line.cells[one.name]
        if text:
            try:
                value = one.read(text)
            except ValidationError as error:
                line.wrong(one.name, " ".join(error.messages), optional=not one.is_required)
            else:
                if value is not None:
                    line.values[one.name] = value
    if "number" in line.cells:
        line.cells["number"] = masked_if_personal(line.cells["number"])
    return line


def _require(lines, fields, columns):
    names = [one.name for one in fields.values() if one.is_required]
    for line in lines:
        for name in names:
            if not line.cells.get(name) and not (name == "name" and line.values.get("number")):
                line.wrong(name, _("This must be filled in."))
        if line.cells.get("name", "").startswith(("EXEMPEL", "EXAMPLE")):
            line.wrong("name", _("This is the template’s example. Take the row away."))


def _refuse_repeated_rows(lines, keys):
    """Of two rows that mean the same one the second is an error, which names the first."""
    for name, form in keys:
        first = {}
        for line in lines:
            if name in line.values and (found := form(line.values[name])):
                if found in first:
                    line.wrong(name, _("The same stands in row %d.") % first[found])
                else:
                    first[found] = line.number


def _verdict(line):
    if line.errors:
        return Verdict.ERROR
    if line.is_undecided:
        return Verdict.LIKELY
    if line.target is None:
        return Verdict.NEW
    return Verdict.UPDATE if line.changes else Verdict.UNCHANGED


def counted(lines):
    found = Counter(line.verdict for line in lines)
    return {verdict: found[verdict] for verdict in Verdict}
