"""Texts that people write: each letter as one character, without control characters and turned reading direction.

Browsers and files may send "é" as one character or as an "e" with a mark (NFC or NFD in Unicode); a name is found by its own
name only where all entrances agree: requests (creativenorth.web.input) and tables (creativenorth.files.table_cells).
"""

import re
import unicodedata

# Where some programs end a line, and where a title must not.
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Unicode categories: controls, formats (invisible, turned reading direction), line ends, surrogates, private use.
_HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
_JOINERS = "\u200c\u200d"  # some scripts, and emoji of several, cannot be written without them

_KEPT_IN_TEXTS = "\t\n\u200e\u200f"  # the last two are what a text in scripts of both directions needs


def entered(text):
    """A text as it is taken in: NFC, without control characters but tab, line feed and return."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub(" ", text)))


def is_hidden(sign):
    return unicodedata.category(sign) in _HIDDEN and sign not in _JOINERS


def visible(text, *, instead=""):
    """The text without what is hidden in it, but for tabs, line feeds and marks of the reading direction."""
    return "".join(instead if is_hidden(sign) and sign not in _KEPT_IN_TEXTS else sign for sign in text)


def visible_line(text):
    return " ".join(visible(text).split())


def visible_data(data):
    """A copy of a form's data without invisible characters."""
    data = data.copy()
    for name, texts in data.lists():
        data.setlist(name, [visible(text.replace("\r\n", "\n")) for text in texts])
    return data
