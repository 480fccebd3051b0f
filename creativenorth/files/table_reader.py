"""Reads tables that people send in – Excel, LibreOffice, CSV, text with tabs – as rows of text.

The file is read in a process of its own with limits of memory and time (`bounded`), so that a bomb costs seconds and
leaves nothing behind; what may be read of it is limited there too (`table_cells`).
"""

import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.files import bounded
from creativenorth.files.table_cells import MOST_ABOVE, MOST_ROWS

ACCEPT = ".xlsx,.xls,.ods,.csv,.tsv,.txt"
MOST_BYTES = 5_000_000
MOST_SHEETS = 20
LONGEST_NAME = 100  # of a sheet; Excel allows 31 characters
MEMORY, SECONDS = 150_000_000, 3
TOO_LARGE = _("The file is larger than 5 MB. Divide it.")
REASONS = {
    "kind": _("This is no table that can be read. Save it anew from Excel, or as CSV."),
    "password": _("The file is locked with a password. Save it without one."),
    "quotes": _("A quotation mark opens in the file and never closes, or a cell is far too long."),
    "rows": _("The file has more than 5,000 rows. Divide it."),
    "columns": _("The file has more than 60 columns."),
    "far": _("There is something far outside the table in the file. Take it away."),
    "bomb": _("The file unpacks to more than can be read here. Divide it."),
    "empty": _("There is nothing under the headings in the file."),
}


@dataclass(frozen=True)
class Table:
    """`rows` are (number of the row in the file, cells), all equally wide, without those that are empty.

    `sheet` is the first visible one with something in it, or the one that was chosen; `others` are the further visible ones
    as {name: rows}, without rows where they are too large to be read beside it. Both are empty for a text file.
    """

    rows: list
    sheet: str = ""
    others: dict = field(default_factory=dict)

    def all_rows(self):
        """Of every sheet that is read."""
        return [*self.rows, *(row for rows in self.others.values() for row in rows)]

    def choices(self):
        """Names of the sheets that can be chosen."""
        return [self.sheet, *(name for name, rows in self.others.items() if rows)]

    def turned_to(self, sheet):
        """The table with another of its sheets as its rows; as it is where there is none of that name."""
        if not self.others.get(sheet):
            return self
        others = {name: rows for name, rows in self.others.items() if name != sheet}
        return Table(self.others[sheet], sheet, {self.sheet: self.rows} | others)

    def under(self, head):
        """The rows under the one at the index `head`. Raises ValidationError where there are none, or too many."""
        rows = self.rows[head + 1 :]
        if not rows:
            raise refusal("empty")
        if len(rows) > MOST_ROWS:
            raise refusal("rows")
        return rows

    def headings(self, score):
        """The index of the row of headings: of the first ones that with the highest `score(cells)`, else the first with two cells."""
        first = self.rows[: MOST_ABOVE + 1]
        scores = [score(cells) for _number, cells in first]
        if any(scores):
            return scores.index(max(scores))
        return next((index for index, (_number, cells) in enumerate(first) if sum(map(bool, cells)) > 1), 0)


def read_table(content, name):
    """The `Table` in the file. Raises `ValidationError` that says what is wrong with it, in the reader's words."""
    if len(content) > MOST_BYTES:
        raise ValidationError(TOO_LARGE, code="size")
    try:
        found = _read(content, name)
    except bounded.TooMuch:
        raise refusal("bomb") from None
    except bounded.Broken:
        raise refusal("kind") from None
    if "refused" in found:
        raise refusal(found["refused"])
    if len(found["rows"]) < 2:
        raise refusal("empty")
    further = [sheet for sheet in found["others"] if len(sheet) <= LONGEST_NAME and "\0" not in sheet]
    others = {sheet: [] for sheet in found["others"]} | _further(content, name, further[:MOST_SHEETS])
    return Table(_even(found["rows"]), found["sheet"], {name: _even(rows) for name, rows in others.items()})


def _read(content, name, *sheets):
    words = gettext("yes"), gettext("no")
    answer = bounded.run(
        "creativenorth.files.table_cells", content, name[-9:], *words, *sheets, memory=MEMORY, seconds=SECONDS
    )
    return json.loads(answer)


def _further(content, name, sheets):
    """{name: rows} of those that can be read too. What is wrong with them does the first one no harm."""
    try:
        return _read(content, name, *sheets) if sheets else {}
    except (bounded.TooMuch, bounded.Broken):
        return {}


def _even(rows):
    width = max((len(cells) for _number, cells in rows), default=0)
    return [(number, cells + [""] * (width - len(cells))) for number, cells in rows]


def refusal(code):
    return ValidationError(REASONS[code], code=code)
