"""HTML compared without the white space that its templates are laid out with."""

import re


def tight(html):
    """The text without white space around tags and between attributes."""
    one_line = re.sub(r"\s+", " ", html)
    return re.sub(r" ?(<[^<>]+?) ?(>) ?", r"\1\2", one_line)
