"""Staff's lists and forms of the people and the companies. Their own screens are in members.staff."""

from members.admin import (
    companies,
    enquiries,
    history_entries,
    invitations,
    letters,
    memberships,
    people,
    read_only,
    vocabulary,
)

__all__ = [
    "companies",
    "enquiries",
    "history_entries",
    "invitations",
    "letters",
    "memberships",
    "people",
    "read_only",
    "vocabulary",
]
