"""Inviting colleagues: a link, mailed to one address, that works once and expires."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from creativenorth import mail
from creativenorth.dates import date_text
from creativenorth.forms.once import deed_key
from creativenorth.text.addresses import normal_address
from creativenorth.web import limits
from creativenorth.web.limits import LimitReached
from members.actions.people import lock_company
from members.hooks.accounts import account_opened
from members.hooks.notification_kinds import COLLEAGUE
from members.hooks.notifications import notify
from members.models import Affiliation, Invitation, User
from members.models.affiliation import RANK, Role
from members.permissions import may_invite

PER_COMPANY_A_DAY = 20
PER_PERSON_A_DAY = 20  # staff have no limit of their own


class InvitationClosed(Exception):
    """The invitation has been accepted or withdrawn, or has expired."""


class NotInvited(Exception):
    """Somebody other than the owner of the invited address tried to accept."""


class TooManyInvitations(Exception):
    """The company, the inviting person or the address has reached the limit of the day; the message says which."""


@transaction.atomic
def invite(*, by, company, email, role=Role.PARTICIPANT, target_group="", language="sv", idempotency_key=None):
    """Invite `email` to the company and mail the link; an earlier unanswered invitation is withdrawn.

    The same `idempotency_key` with the same contents returns the first invitation while its link works. Raises
    `PermissionDenied`, `TooManyInvitations`, and `ValidationError` for an invalid address or role.
    """
    lock_company(company)
    if not may_invite(by, company, role):
        raise PermissionDenied
    email = normal_address(email)
    asked = (
        deed_key(idempotency_key, by.pk, company.pk, email, role, target_group, language)
        if idempotency_key
        else uuid4()
    )
    first = Invitation.objects.filter(uuid=asked).first()
    if first and first.revoked_at is None and first.expires_at > timezone.now():
        return first
    require_invitations_left(by=by, company=company)
    try:
        limits.use("invitation", address=email)
    except LimitReached as reached:
        raise TooManyInvitations(reached.text) from reached
    invitation = Invitation(
        company=company,
        email=email,
        role=role,
        target_group=target_group,
        language=language,
        invited_by=by,
        uuid=uuid4() if first else asked,
    )
    token = invitation.new_token()
    invitation.clean_fields()
    withdraw_unanswered(company=company, email=invitation.email)
    invitation.save()
    _mail_link(invitation, token)
    return invitation


@transaction.atomic
def require_invitations_left(*, by, company):
    """Limit the mails that strangers get from here; withdrawn invitations count.

    Raises `TooManyInvitations`. The locks taken hold the count until the transaction ends.
    """
    lock_company(company)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    today = Invitation.objects.filter(created_at__gt=timezone.now() - timedelta(days=1))
    if today.filter(company=company).count() >= PER_COMPANY_A_DAY:
        text = _("%(company)s has sent the %(number)d invitations that a day allows. Go on tomorrow, or write to us.")
        raise TooManyInvitations(text % {"company": company, "number": PER_COMPANY_A_DAY})
    if not by.is_staff and today.filter(invited_by=by).count() >= PER_PERSON_A_DAY:
        text = _("You have sent the %(number)d invitations that a day allows. Go on tomorrow, or write to us.")
        raise TooManyInvitations(text % {"number": PER_PERSON_A_DAY})


@transaction.atomic
def withdraw_invitation(*, by, invitation):
    """Withdraw an unanswered invitation; returns whether it was open until now.

    Whoever might send such an invitation may withdraw it; others raise `PermissionDenied`.
    """
    lock_company(invitation.company)
    if not may_invite(by, invitation.company, invitation.role):
        raise PermissionDenied
    unanswered = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    return unanswered.update(revoked_at=timezone.now()) == 1


@transaction.atomic
def send_invitation_again(*, by, invitation):
    """A new invitation like that one, mailed; the earlier link stops working. Raises as `invite`, and `InvitationClosed`.

    A second click finds the first one withdrawn, and sends nothing.
    """
    lock_company(invitation.company)
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).exists():
        raise InvitationClosed
    return invite(
        by=by,
        company=invitation.company,
        email=invitation.email,
        role=invitation.role,
        target_group=invitation.target_group,
        language=invitation.language,
    )


def withdraw_unanswered(*, company, email):
    unanswered = Invitation.objects.filter(company=company, email=email, accepted_at=None, revoked_at=None)
    return unanswered.update(revoked_at=timezone.now())


def _mail_link(invitation, token):
    with translation.override(invitation.language):
        path = reverse("members:invitation", args=[token])
        until = date_text(invitation.expires_at)
    mail.queue(
        to=invitation.email,
        event="invitation",
        context={
            "company": invitation.company.name,
            "inviter": str(invitation.invited_by),
            "link": settings.SITE_URL + path,
            "until": until,
        },
        language=invitation.language,
        cause=f"invitation:{invitation.pk}",
        is_secret=True,
    )


@transaction.atomic
def accept_invitation(*, invitation, user=None, name="", password=""):
    """Use the invitation, once, and return the person, who is then affiliated with the company.

    `user` is the person signed in, who must own the invited address. Without `user` an account is made (or reopened, see
    `may_reopen`) from `name` and, where given, `password`; its address counts as confirmed, since only its owner knows the
    link. Raises `InvitationClosed` and `NotInvited`; of two answers at the same time one wins.
    """
    if not inviter_may_still_invite(invitation):
        raise InvitationClosed
    lock_company(invitation.company)
    if not Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        raise InvitationClosed
    if user is None:
        user = _new_account(invitation, name, password)
    elif not is_for(invitation, user):
        raise NotInvited
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    _give_affiliation(invitation, user)
    _tell_inviter(invitation, user)
    return user


def _tell_inviter(invitation, person):
    if invitation.invited_by is None:
        return
    with translation.override(invitation.invited_by.language):
        path = f"{reverse('members:my_company_people')}?{urlencode({'foretag': invitation.company.slug})}"
    notify(
        invitation.invited_by,
        COLLEAGUE,
        event="colleague_joined",
        context={"name": str(person), "company": invitation.company.name, "link": settings.SITE_URL + path},
        cause=f"colleague_joined:{invitation.pk}",
    )


def inviter_may_still_invite(invitation):
    """An invitation is void once its sender has lost the right to send it."""
    by = invitation.invited_by
    return by is None or may_invite(by, invitation.company, invitation.role)


def is_for(invitation, user):
    """Whether the person has proved that the invited mailbox is theirs; an address that staff have written proves nothing."""
    return EmailAddress.objects.filter(user=user, email=invitation.email, verified=True).exists()


def account_with_email(email):
    """The person who has the address, in its normal form, as the first or as another confirmed one, or None."""
    return User.objects.filter(Q(email=email) | Q(emailaddress__email=email, emailaddress__verified=True)).first()


def may_reopen(invitation, account):
    """A closed account may be reopened where its owner closed it, or where staff invite."""
    by_staff = invitation.invited_by is not None and invitation.invited_by.is_staff
    return not account.is_active and not account.is_staff and (account.erase_on is not None or by_staff)


def _new_account(invitation, name, password):
    user = account_with_email(invitation.email)
    if user is None:
        user = User.objects.create_user(invitation.email, password or None, name=name, language=invitation.language)
    elif may_reopen(invitation, user):
        user.name, user.is_active, user.erase_on = name, True, None
        user.set_password(password or None)
        user.save(update_fields=["name", "is_active", "erase_on", "password"])
        EmailAddress.objects.filter(user=user).delete()
    else:
        raise NotInvited
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    account_opened(user)
    return user


def _give_affiliation(invitation, user):
    """A new affiliation; an existing one is kept, with the higher of the two roles."""
    today = timezone.localdate()
    affiliations = Affiliation.objects.select_for_update().filter(user=user, company=invitation.company)
    affiliation = affiliations.filter(Q(ended_on=None) | Q(ended_on__gt=today)).order_by("started_on").first()
    if affiliation is None:
        Affiliation.objects.create(
            user=user, company=invitation.company, role=invitation.role, target_group=invitation.target_group
        )
        return
    affiliation.role = max(affiliation.role, invitation.role, key=RANK.__getitem__)
    affiliation.started_on = min(affiliation.started_on, today)
    affiliation.target_group = affiliation.target_group or invitation.target_group
    affiliation.save(update_fields=["role", "started_on", "target_group"])
