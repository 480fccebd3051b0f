"""Colleagues of the staff: invited, given another role, and leaving. All raise `PermissionDenied`.

There is always a coordinator, and nobody here touches an account with every right (superuser).
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from creativenorth import mail
from members.actions.invitations import account_with_email
from members.models import StaffRole, User
from members.permissions import SECOND_FACTORS, may_manage_staff

ANSWER_DAYS = 14
LAST_COORDINATOR = _("There must be a coordinator: make somebody else coordinator first.")


class LastCoordinator(Exception):
    """Nobody would be left who may give others their role."""


class StaffAlready(Exception):
    """The person belongs to the staff; their role is changed instead."""


class ClosedAccount(Exception):
    """The address belongs to an account that was closed."""


def staff_accounts():
    """Everybody of the staff, with `.has_second_factor`."""
    second = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    people = User.objects.filter(is_staff=True).annotate(has_second_factor=Exists(second))
    return people.prefetch_related("groups").order_by("-is_active", "name", "pk")


def is_last_coordinator(person):
    coordinators = User.objects.filter(is_staff=True, is_active=True, groups__name=StaffRole.COORDINATOR)
    return coordinators.filter(pk=person.pk).exists() and not coordinators.exclude(pk=person.pk).exists()


def _lock(by):
    """Changes of roles happen one after the other; whoever waited may have lost the right meanwhile."""
    Group.objects.select_for_update(no_key=True).get_or_create(name=StaffRole.COORDINATOR)
    if not may_manage_staff(User.objects.get(pk=by.pk)):
        raise PermissionDenied


def _colleague(person):
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.is_superuser:
        raise PermissionDenied
    return person


@transaction.atomic
def invite_colleague(*, by, email, name, role, language="sv"):
    """Give the address's account that role, or make an account, and mail how to sign in. Returns the person.

    Somebody who never signs in loses it after `ANSWER_DAYS`. Raises `StaffAlready` and `ClosedAccount`.
    """
    _lock(by)
    person = account_with_email(email)
    if person is None:
        person = User.objects.create_user(email, name=name, language=language)
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    if person.is_staff:
        if _is_just_invited(person, role):
            return person
        raise StaffAlready
    if not person.is_active:
        raise ClosedAccount
    person = _colleague(person)
    person.is_staff, person.invited_to_staff_at = True, timezone.now()
    person.save(update_fields=["is_staff", "invited_to_staff_at"])
    _set_role(person, role)
    _mail(person, "staff_invitation", by, role=StaffRole(role).label, link=reverse("admin:index"), days=ANSWER_DAYS)
    return person


def _is_just_invited(person, role):
    """The same button pressed twice."""
    since = timezone.now() - timedelta(minutes=1)
    is_new = bool(person.invited_to_staff_at) and person.invited_to_staff_at > since
    return is_new and person.groups.filter(name=role).exists()


@transaction.atomic
def change_role(*, by, person, role):
    """Exactly that role; again changes nothing. Raises `LastCoordinator`."""
    _lock(by)
    person = _colleague(person)
    if not person.is_staff:
        raise PermissionDenied
    before = set(person.groups.values_list("name", flat=True))
    if before == {role}:
        return person
    if role != StaffRole.COORDINATOR and is_last_coordinator(person):
        raise LastCoordinator
    _set_role(person, role)
    if person.pk != by.pk:
        _mail(person, "staff_role", by, role=StaffRole(role).label, link=reverse("admin:index"))
    return person


@transaction.atomic
def withdraw_role(*, by, person):
    """The person no longer belongs to the staff; the account stays. Again changes nothing. Raises `LastCoordinator`."""
    _lock(by)
    person = _colleague(person)
    if not person.is_staff:
        return person
    if is_last_coordinator(person):
        raise LastCoordinator
    _take_away(person)
    if person.pk != by.pk:
        _mail(person, "staff_withdrawn", by)
    return person


def withdraw_unanswered():
    """Take the role from those who were invited and have not come, and whose time is over.

    Whoever was signed in already, with a second step, need not sign in anew.
    """
    since = timezone.now() - timedelta(days=ANSWER_DAYS)
    invited = staff_accounts().filter(is_superuser=False, invited_to_staff_at__lt=since, has_second_factor=False)
    for person in invited.filter(Q(last_login=None) | Q(last_login__lt=F("invited_to_staff_at"))):
        with transaction.atomic():
            if not is_last_coordinator(person):
                _take_away(person)


def _take_away(person):
    person.is_staff, person.invited_to_staff_at = False, None
    person.save(update_fields=["is_staff", "invited_to_staff_at"])
    person.groups.clear()
    person.user_permissions.clear()


def _set_role(person, role):
    person.groups.set([Group.objects.get(name=StaffRole(role))])


def _mail(person, template, by, *, link="", **context):
    with translation.override(person.language):
        words = {key: str(value) for key, value in context.items()}
    mail.queue(
        to=person.email,
        event=template,
        context=words | {"sender": str(by), "link": settings.SITE_URL + link},
        language=person.language,
        cause=f"{template}:{person.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        reply_to=by.email,
    )
