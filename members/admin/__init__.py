"""Staff's side of the people and the companies, one module per aggregate."""

from members.admin import (
    cluster,
    companies,
    company_numbers,
    enquiries,
    exporting,
    imports,
    invitations,
    letters,
    memberships,
    news,
    page_texts,
    people,
    profile_drafts,
    told,
    vocabulary,
)

__all__ = [
    "cluster",
    "companies",
    "company_numbers",
    "enquiries",
    "exporting",
    "imports",
    "invitations",
    "letters",
    "memberships",
    "news",
    "page_texts",
    "people",
    "profile_drafts",
    "told",
    "vocabulary",
]
