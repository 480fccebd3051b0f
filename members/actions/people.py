"""Who belongs to a company, as what, and until when. A place ends; its row, with all that hangs on it, stays."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from creativenorth import mail
from members.models import Affiliation, Company, Invitation
from members.models.affiliation import Role
from members.permissions import may_change_places, roles_to_invite


class LastOwner(Exception):
    """The company would be left without an owner."""


def other_owners(place):
    """The company's owners of today besides the one with this place."""
    owners = Affiliation.objects.current().filter(company=place.company_id, role=Role.OWNER, user__is_active=True)
    return owners.exclude(pk=place.pk)


def is_last_owner(place):
    return place.is_owner_today and not other_owners(place).exists()


def lock_company(company):
    """Holds the company's row: whoever counts its owners or invitations, or changes its profile, waits for the other."""
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def lock_companies(keys):
    """Several rows as `lock_company` holds one, in the order that everybody takes."""
    list(Company.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk").values("pk"))


def _locked(place):
    """The place as it is once the company's row is held; rights are asked after that, since waiting may have ended them."""
    lock_company(place.company)
    return Affiliation.objects.select_related("company", "user").get(pk=place.pk)


@transaction.atomic
def change_place(*, by, place, role, target_group):
    """An owner, or staff, gives a person another role or target group. What the role no longer allows is withdrawn with it.

    Raises `LastOwner` and `PermissionDenied`.
    """
    place = _locked(place)
    if place.has_ended or not may_change_places(by, place.company):
        raise PermissionDenied
    if role != Role.OWNER and is_last_owner(place):
        raise LastOwner
    place.role, place.target_group = role, target_group
    place.save(update_fields=["role", "target_group"])
    _withdraw_invitations(place)
    return place


@transaction.atomic
def show_oneself(*, by, place, title, is_shown):
    """A person says which title they have and whether the company's page names them. Raises `PermissionDenied`."""
    place = _locked(place)
    if by.pk != place.user_id or place.has_ended:
        raise PermissionDenied
    place.title, place.is_shown = title, is_shown
    place.save(update_fields=["title", "is_shown"])
    return place


@transaction.atomic
def remove_person(*, by, place, on=None):
    """An owner, or staff, ends a person's place today (or on an earlier day); the person is told. Again changes nothing.

    Raises `LastOwner` and `PermissionDenied`.
    """
    place = _locked(place)
    if not may_change_places(by, place.company):
        raise PermissionDenied
    if not place.has_ended:
        _end(place, by, on)
        if by.pk != place.user_id:
            _tell_removed(place)
    return place


@transaction.atomic
def leave_company(*, by, place):
    """A person ends their own place. Raises `LastOwner` and `PermissionDenied`."""
    if by.pk != place.user_id:
        raise PermissionDenied
    place = _locked(place)
    if not place.has_ended:
        _end(place, by)
    return place


def _end(place, by, on=None):
    if is_last_owner(place):
        raise LastOwner
    take_out(by=by, place=place, on=on)


def take_out(*, by, place, on=None):
    """End a place without asking who is left; the company's row is held, and whoever calls has asked who may."""
    place.end(by, on)
    _withdraw_invitations(place)


def _withdraw_invitations(place):
    """Those the person sent and might not send any more; after the end also those that would let the person in again."""
    waiting = Invitation.objects.filter(company=place.company_id, accepted_at=None, revoked_at=None)
    closed = Q(invited_by=place.user_id) & ~Q(role__in=roles_to_invite(place.user, place.company))
    if place.has_ended:
        closed |= Q(email__iexact=place.user.email)
    waiting.filter(closed).update(revoked_at=timezone.now())


def _tell_removed(place):
    mail.queue(
        to=place.user.email,
        template="place_ended",
        context={"company": place.company.name},
        language=place.user.language,
        cause=f"place_ended:{place.pk}",
    )
