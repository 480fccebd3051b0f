"""Numbers that come as text from outside."""

LARGEST_DIGITS = 18  # what a number in the database holds


def whole_number(text):
    """The number that ASCII digits write, at most what the database holds; None for anything else."""
    is_number = text and text.isascii() and text.isdigit() and len(text) <= LARGEST_DIGITS
    return int(text) if is_number else None
