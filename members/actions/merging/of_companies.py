"""Movers of the rows of this app that point to a company."""

import uuid

import pgtrigger
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.actions.merging.overlaps import join_affiliations, join_memberships
from members.actions.merging.relations import moves, moves_along
from members.actions.profile.writing import drop_draft
from members.models import CompanyNumber, Invitation

moves("members.Affiliation.company", _("people with a place"))(join_affiliations("company", "user"))
moves("members.Membership.company", _("memberships"))(join_memberships)


@moves("members.ProfileVersion.company", _("versions of the profile"))
def versions(rows, gone, kept):
    """What the other has published becomes earlier versions. Of two drafts that of the kept company stays."""
    draft = rows.filter(published_at=None).first()
    if draft and kept.draft:
        drop_draft(gone, draft)
    elif draft:
        draft.revision = uuid.uuid4()
        draft.save(update_fields=["revision"])
    rows.update(company=kept)


moves_along("members.Enquiry.resulting_company", _("enquiries"))
moves_along("members.CompanyNote.company", _("notes"))


@moves("members.Invitation.company", _("invitations"))
def invitations(rows, gone, kept):
    """Of two open ones to the same address that of the kept company stays open."""
    unanswered = {"accepted_at": None, "revoked_at": None}
    invited = {one.email for one in Invitation.objects.filter(company=kept, **unanswered)}
    twice = [one.pk for one in rows.filter(**unanswered) if one.email in invited]
    rows.filter(pk__in=twice).update(revoked_at=timezone.now())
    rows.update(company=kept)


@moves("members.CompanyNumber.company", _("organisation numbers"))
def number(rows, gone, kept):
    """The kept company keeps its number; where staff chose the other's, it has none by now (merge.py)."""
    if CompanyNumber.objects.filter(company=kept).exists():
        rows.delete()
    else:
        rows.update(company=kept)


@moves("members.Letter.company")
def letters(rows, gone, kept):
    rows.update(company=kept)


@moves("members.NumberReading.company", _("readings of the personal number"))
def readings(rows, gone, kept):
    """A protected row: only its company may change, and only here."""
    with pgtrigger.ignore("members.NumberReading:reading_stays"):
        rows.update(company=kept)


moves_along("members.Merge.company")


@moves("members.DistinctPair.one")
@moves("members.DistinctPair.two")
def distinct_pairs(rows, gone, kept):
    """The mark was about the company that goes; it says nothing of the merged one."""
    rows.delete()
