"""Removes invisible characters from texts that people write: control characters, turned reading direction."""

import re

# Control characters but tab and line feed; embeddings, overrides and isolates of the reading direction.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible_line(text):
    return " ".join(_UNSEEN.sub("", text).split())


def visible_data(data):
    """A copy of a form's data without invisible characters."""
    data = data.copy()
    for name, texts in data.lists():
        data.setlist(name, [_UNSEEN.sub("", text.replace("\r\n", "\n")) for text in texts])
    return data
