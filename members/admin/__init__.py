"""Staff's lists and forms of the people and the companies. Their own screens are in members.staff."""

from members.admin import (
    companies,
    enquiries,
    invitations,
    letters,
    memberships,
    people,
    read_only,
    told,
    vocabulary,
)

__all__ = [
    "companies",
    "enquiries",
    "invitations",
    "letters",
    "memberships",
    "people",
    "read_only",
    "told",
    "vocabulary",
]
