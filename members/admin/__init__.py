"""Staff's lists and forms of the people and the companies. Their own screens are in members.staff."""

from members.admin import (
    cluster,
    companies,
    enquiries,
    invitations,
    letters,
    memberships,
    news,
    page_texts,
    people,
    read_only,
    told,
    vocabulary,
)

__all__ = [
    "cluster",
    "companies",
    "enquiries",
    "invitations",
    "letters",
    "memberships",
    "news",
    "page_texts",
    "people",
    "read_only",
    "told",
    "vocabulary",
]
