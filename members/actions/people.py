"""People's affiliations with a company: role, title and end. An ended affiliation is kept as a row."""

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
    owners = Affiliation.objects.current().filter(company=affiliation.company_id, role=Role.OWNER, user__is_active=True)
    return owners.exclude(pk=affiliation.pk)


def is_last_owner(affiliation):
    return affiliation.is_owner_today and not other_owners(affiliation).exists()


def lock_company(company):
    """Lock the company's row against all who count its owners or invitations or change its profile."""
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def lock_companies(keys):
    """Lock several rows, in key order so that two callers cannot deadlock."""
    list(Company.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk").values("pk"))


def _locked(affiliation):
    """The affiliation re-read under the company's lock; permissions are checked after that, since waiting may have ended them."""
    lock_company(affiliation.company)
    return Affiliation.objects.select_related("company", "user").get(pk=affiliation.pk)


@transaction.atomic
def change_affiliation(*, by, affiliation, role, target_group):
    """Owners or staff change a person's role or target group; invitations the new role may not send are withdrawn.

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
    """A person sets their title and whether the company's page names them. Raises `PermissionDenied`."""
    affiliation = _locked(affiliation)
    if by.pk != affiliation.user_id or affiliation.has_ended:
        raise PermissionDenied
    affiliation.title, affiliation.is_shown = title, is_shown
    affiliation.save(update_fields=["title", "is_shown"])
    return affiliation


@transaction.atomic
def remove_person(*, by, affiliation, on=None):
    """Owners or staff end a person's affiliation today or on an earlier day; the person is mailed. Again changes nothing.

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
    """A person ends their own affiliation. Raises `LastOwner` and `PermissionDenied`."""
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
    """Without any check: the caller has checked permissions and owners, and holds the company's lock."""
    affiliation.end(by, on)
    _withdraw_invitations(affiliation)


def _withdraw_invitations(affiliation):
    """Those that the person may not send any more and, after the end, those sent to the person."""
    waiting = Invitation.objects.filter(company=affiliation.company_id, accepted_at=None, revoked_at=None)
    closed = Q(invited_by=affiliation.user_id) & ~Q(role__in=roles_to_invite(affiliation.user, affiliation.company))
    if affiliation.has_ended:
        closed |= Q(email=affiliation.user.email)
    waiting.filter(closed).update(revoked_at=timezone.now())


def _tell_removed(affiliation):
    mail.queue(
        to=affiliation.user.email,
        event="affiliation_ended",
        context={"company": affiliation.company.name},
        language=affiliation.user.language,
        cause=f"affiliation_ended:{affiliation.pk}",
    )
