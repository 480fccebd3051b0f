"""Who belongs to a company, as what, and until when. A place ends; its row, with all that hangs on it, stays."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from creativenorth import mail
from members.models import Affiliation, Company, Invitation
from members.models.affiliation import Role
from members.permissions import may_change_affiliations, roles_to_invite


class LastOwner(Exception):
    """The company would be left without an owner."""


def other_owners(affiliation):
    """The company's owners of today besides the one with this place."""
    owners = Affiliation.objects.current().filter(company=affiliation.company_id, role=Role.OWNER, user__is_active=True)
    return owners.exclude(pk=affiliation.pk)


def is_last_owner(affiliation):
    return affiliation.is_owner_today and not other_owners(affiliation).exists()


def lock_company(company):
    """Holds the company's row: whoever counts its owners or invitations, or changes its profile, waits for the other."""
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def lock_companies(keys):
    """Several rows as `lock_company` holds one, in the order that everybody takes."""
    list(Company.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk").values("pk"))


def _locked(affiliation):
    """The place as it is once the company's row is held; rights are asked after that, since waiting may have ended them."""
    lock_company(affiliation.company)
    return Affiliation.objects.select_related("company", "user").get(pk=affiliation.pk)


@transaction.atomic
def change_affiliation(*, by, affiliation, role, target_group):
    """An owner, or staff, gives a person another role or target group. What the role no longer allows is withdrawn with it.

    Raises `LastOwner` and `PermissionDenied`.
    """
    affiliation = _locked(affiliation)
    if affiliation.has_ended or not may_change_affiliations(by, affiliation.company):
        raise PermissionDenied
    if role != Role.OWNER and is_last_owner(affiliation):
        raise LastOwner
    affiliation.role, affiliation.target_group = role, target_group
    affiliation.save(update_fields=["role", "target_group"])
    _withdraw_invitations(affiliation)
    return affiliation


@transaction.atomic
def change_own_affiliation(*, by, affiliation, title, is_shown):
    """A person says which title they have and whether the company's page names them. Raises `PermissionDenied`."""
    affiliation = _locked(affiliation)
    if by.pk != affiliation.user_id or affiliation.has_ended:
        raise PermissionDenied
    affiliation.title, affiliation.is_shown = title, is_shown
    affiliation.save(update_fields=["title", "is_shown"])
    return affiliation


@transaction.atomic
def remove_person(*, by, affiliation, on=None):
    """An owner, or staff, ends a person's place today (or on an earlier day); the person is told. Again changes nothing.

    Raises `LastOwner` and `PermissionDenied`.
    """
    affiliation = _locked(affiliation)
    if not may_change_affiliations(by, affiliation.company):
        raise PermissionDenied
    if not affiliation.has_ended:
        _end(affiliation, by, on)
        if by.pk != affiliation.user_id:
            _tell_removed(affiliation)
    return affiliation


@transaction.atomic
def leave_company(*, by, affiliation):
    """A person ends their own place. Raises `LastOwner` and `PermissionDenied`."""
    if by.pk != affiliation.user_id:
        raise PermissionDenied
    affiliation = _locked(affiliation)
    if not affiliation.has_ended:
        _end(affiliation, by)
    return affiliation


def _end(affiliation, by, on=None):
    if is_last_owner(affiliation):
        raise LastOwner
    end_affiliation(by=by, affiliation=affiliation, on=on)


def end_affiliation(*, by, affiliation, on=None):
    """End a place without asking who is left; the company's row is held, and whoever calls has asked who may."""
    affiliation.end(by, on)
    _withdraw_invitations(affiliation)


def _withdraw_invitations(affiliation):
    """Those the person sent and might not send any more; after the end also those that would let the person in again."""
    waiting = Invitation.objects.filter(company=affiliation.company_id, accepted_at=None, revoked_at=None)
    closed = Q(invited_by=affiliation.user_id) & ~Q(role__in=roles_to_invite(affiliation.user, affiliation.company))
    if affiliation.has_ended:
        closed |= Q(email__iexact=affiliation.user.email)
    waiting.filter(closed).update(revoked_at=timezone.now())


def _tell_removed(affiliation):
    mail.queue(
        to=affiliation.user.email,
        template="affiliation_ended",
        context={"company": affiliation.company.name},
        language=affiliation.user.language,
        cause=f"affiliation_ended:{affiliation.pk}",
    )
