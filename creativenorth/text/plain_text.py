"""Texts that people write: each letter as one character, without control characters and turned reading direction.

Browsers and files may send "é" as one character or as an "e" with a mark (NFC or NFD in Unicode); a name is found by its own
name only where all entrances agree: requests (creativenorth.web.input) and tables (creativenorth.files.table_cells).
"""

import re
import unicodedata

# Where some programs end a line, and where a title must not.
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Control characters but tab and line feed; embeddings, overrides and isolates of the reading direction.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def entered(text):
    """A text as it is taken in: NFC, without control characters but tab, line feed and return."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub(" ", text)))


def visible_line(text):
    return " ".join(_UNSEEN.sub("", text).split())


def visible_data(data):
    """A copy of a form's data without invisible characters."""
    data = data.copy()
    for name, texts in data.lists():
        data.setlist(name, [_UNSEEN.sub("", text.replace("\r\n", "\n")) for text in texts])
    return data
