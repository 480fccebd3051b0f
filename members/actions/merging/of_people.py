"""Movers of the rows of this app, and of allauth, that point to a person."""

import pgtrigger
from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from members.actions.merging.overlaps import join_affiliations
from members.actions.merging.relations import moves, moves_along
from members.models import NotificationChoice

moves("members.Affiliation.user", _("places in companies"))(join_affiliations("user", "company"))


@moves("account.EmailAddress.user", _("addresses to sign in with"))
def addresses(rows, gone, kept):
    """All sign in to the kept account, which keeps its primary one."""
    own = {one.email: one for one in EmailAddress.objects.filter(user=kept)}
    for row in rows:
        same_address = own.get(row.email)
        if same_address is None:
            continue
        row.delete()
        if row.verified and not same_address.verified:
            same_address.verified = True
            same_address.save(update_fields=["verified"])
    rows.update(user=kept, primary=False)


@moves("usersessions.UserSession.user", _("devices that are signed out"))
def sessions(rows, gone, kept):
    for session in rows:
        session.end()


@moves("mfa.Authenticator.user", _("passkeys and second steps that are dropped"))
def second_steps(rows, gone, kept):
    rows.delete()


@moves("members.NotificationChoice.user")
def choices(rows, gone, kept):
    """A kind that is switched off in either account stays off."""
    rows.filter(kind__in=NotificationChoice.objects.filter(user=kept).values("kind")).delete()
    rows.update(user=kept)


@moves("members.NumberReading.reader", _("readings of personal numbers"))
def readings(rows, gone, kept):
    with pgtrigger.ignore("members.NumberReading:reading_stays"):
        rows.update(reader=kept)


@moves("members.User_groups.user")
def groups(rows, gone, kept):
    """Merging gives nobody rights."""
    gone.groups.clear()


@moves("members.User_user_permissions.user")
def permissions(rows, gone, kept):
    gone.user_permissions.clear()


moves_along("members.CompanyNumber.changed_by")
moves_along("members.Enquiry.resulting_person")
moves_along("members.Merge.person")
moves_along("admin.LogEntry.user")


@moves("members.Export.made_by")
def exports(rows, gone, kept):
    with pgtrigger.ignore("members.Export:export_stays"):
        rows.update(made_by=kept)
