"""Admin lists and forms of companies and people. Screens of staff's own are in members.staff."""

from members.admin import (
    companies,
    enquiries,
    history_entries,
    invitations,
    letters,
    memberships,
    people,
    profiles,
    read_only,
    sectors_and_skills,
)

__all__ = [
    "companies",
    "enquiries",
    "history_entries",
    "invitations",
    "letters",
    "memberships",
    "people",
    "profiles",
    "read_only",
    "sectors_and_skills",
]
