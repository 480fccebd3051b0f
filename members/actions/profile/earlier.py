"""Going back to what a profile said earlier: a copy of that version becomes public, or the draft where staff read it first."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from members.actions.profile.copies import copies_of
from members.actions.profile.drafts import is_reviewed
from members.actions.profile.publishing import TakenDown, make_public
from members.actions.profile.writing import ReadMeanwhile, locked_company, settle
from members.permissions import may_change_profile, may_edit_company
from members.profile.changes import differing_fields


class DraftInTheWay(Exception):
    """The company has changes that are not published: they are published or thrown away first."""


@transaction.atomic
def go_back(*, by, company, version, read):
    """Say again what the earlier version said; returns whether it is public now.

    `read` is the revision of the public version with which it was compared. Staff publish at once; the company does where
    nobody reviews. What its draft says otherwise stays in the draft. Done twice it is done once. Raises `PermissionDenied`,
    `ReadMeanwhile`, `TakenDown` and, where it would become the draft, `DraftInTheWay`.
    """
    company = locked_company(company)
    if version.company_id != company.pk or not (may_edit_company(by, company) or may_change_profile(by)):
        raise PermissionDenied
    if not differing_fields(company.profile, version):
        return True
    draft, becomes_draft = company.draft, is_reviewed() and not may_change_profile(by)
    if becomes_draft and draft and not differing_fields(draft, version):
        return False
    if read != str(company.profile.revision):
        raise ReadMeanwhile
    if company.taken_down_at and not may_change_profile(by):
        raise TakenDown
    if becomes_draft and draft:
        raise DraftInTheWay
    if becomes_draft:
        settle(company, copies_of([version])[0], by=by, wrote=version.content())
        return False
    make_public(company, copies_of([version], published_at=timezone.now(), published_by=by)[0], by=by)
    return True
