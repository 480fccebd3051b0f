"""Staff's side of the people and the companies, one module per aggregate."""

from members.admin import (
    cluster,
    companies,
    company_numbers,
    enquiries,
    invitations,
    memberships,
    people,
    profile_drafts,
    vocabulary,
)

__all__ = [
    "cluster",
    "companies",
    "company_numbers",
    "enquiries",
    "invitations",
    "memberships",
    "people",
    "profile_drafts",
    "vocabulary",
]
