"""What this app and the ground know of a person."""

from dataclasses import replace

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.mail.models import Mail
from creativenorth.text.addresses import comparable_address
from creativenorth.web.device_names import device
from members.hooks.notifications import kinds_for
from members.hooks.personal_data import addresses_of, erasers, personal_data
from members.models import Enquiry, Import, Invitation, NumberReading

KINDS = {
    Authenticator.Type.WEBAUTHN: _("Passkey"),
    Authenticator.Type.TOTP: _("Authenticator app"),
    Authenticator.Type.RECOVERY_CODES: _("Recovery codes"),
}


@personal_data(
    "account",
    _("Your account"),
    covers=["members.User.email"],
    labels={
        "name": _("Name"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "language": _("Language"),
        "joined_at": _("Account since"),
        "last_login": _("Last signed in"),
    },
)
def account(user):
    return [
        {
            "name": user.name,
            "email": user.email,
            "phone": user.phone,
            "language": capfirst(str(dict(settings.LANGUAGES)[user.language])),
            "joined_at": user.joined_at,
            "last_login": user.last_login,
        }
    ]


@personal_data(
    "affiliations",
    _("Your companies"),
    covers=["members.Affiliation.user"],
    labels={
        "company": _("Company"),
        "role": _("Role"),
        "target_group": _("Target group"),
        "title": _("Title"),
        "is_shown": _("Shown on the company's page"),
        "from": _("From"),
        "until": _("Until"),
    },
)
def affiliations(user):
    return [
        {
            "company": affiliation.company.name,
            "role": affiliation.get_role_display(),
            "target_group": affiliation.get_target_group_display(),
            "title": affiliation.title,
            "is_shown": affiliation.is_shown,
            "from": affiliation.started_on,
            "until": affiliation.ended_on,
        }
        for affiliation in user.affiliations.select_related("company")
    ]


@personal_data(
    "invitations",
    _("Invitations"),
    covers=["members.Invitation.email", "members.Invitation.invited_by", "members.Invitation.accepted_by"],
    labels={
        "to": _("To"),
        "company": _("Company"),
        "role": _("Role"),
        "sent_at": _("Sent"),
        "accepted_at": _("Accepted"),
    },
)
def invitations(user):
    """To the person and by the person; an address of somebody else is left out."""
    addresses = addresses_of(user)
    own = Invitation.objects.filter(email__in=addresses) | user.invitations_sent.all()
    return [
        {
            "to": invitation.email if invitation.email in addresses else "",
            "company": invitation.company.name,
            "role": invitation.get_role_display(),
            "sent_at": invitation.created_at,
            "accepted_at": invitation.accepted_at,
        }
        for invitation in own.select_related("company")
    ]


@personal_data(
    "addresses",
    _("Addresses you sign in with"),
    covers=["account.EmailAddress.user", "account.EmailAddress.email"],
    labels={"email": _("E-mail"), "is_confirmed": _("Confirmed")},
)
def addresses(user):
    return [{"email": one.email, "is_confirmed": one.verified} for one in user.emailaddress_set.all()]


@personal_data(
    "sign_in",
    _("Passkeys and second steps"),
    covers=["mfa.Authenticator.user"],
    labels={"kind": _("Kind"), "added_at": _("Added"), "last_used_at": _("Last used")},
)
def sign_in(user):
    return [
        {"kind": str(KINDS.get(each.type, each.type)), "added_at": each.created_at, "last_used_at": each.last_used_at}
        for each in Authenticator.objects.filter(user=user)
    ]


@personal_data(
    "sessions",
    _("Where you are signed in"),
    covers=["usersessions.UserSession.user"],
    labels={"device": _("Device"), "network_address": _("Network address"), "since": _("Since")},
)
def sessions(user):
    return [
        {"device": device(one.user_agent), "network_address": one.ip, "since": one.created_at}
        for one in UserSession.objects.filter(user=user).order_by("-created_at")
    ]


@personal_data(
    "mail",
    _("Mail we sent you"),
    covers=["creativenorth.Mail.to"],
    labels={"subject": _("Subject"), "written_at": _("Written"), "sent_at": _("Sent")},
)
def mail(user):
    return [
        {"subject": "" if one.is_secret else one.subject, "written_at": one.created_at, "sent_at": one.sent_at}
        for one in Mail.objects.filter(to__in=addresses_of(user))
    ]


@personal_data(
    "notifications_off",
    _("Mail you do not want"),
    covers=["members.NotificationChoice.user"],
    labels={"kind": _("Kind"), "off_since": _("Off since")},
)
def notifications_off(user):
    names = {kind.key: str(kind.name) for kind, _is_on in kinds_for(user)}
    return [{"kind": names.get(one.kind, one.kind), "off_since": one.off_since} for one in user.notifications_off.all()]


@personal_data(
    "enquiries",
    _("What you wrote to us, and what we noted of you"),
    covers=["members.Enquiry.email", "members.Enquiry.resulting_person"],
    labels={"kind": _("Kind"), "message": _("Message"), "phone": _("Phone"), "received_at": _("Received")},
)
def enquiries(user):
    return [
        {
            "kind": one.get_kind_display(),
            "message": one.message,
            "phone": one.phone,
            "received_at": one.created_at,
        }
        for one in Enquiry.objects.filter(Q(email__in=addresses_of(user)) | Q(resulting_person=user))
    ]


@personal_data(
    "number_readings",
    _("Personal numbers you have read in full"),
    covers=["members.NumberReading.reader"],
    labels={"company": _("Company"), "at": _("When")},
)
def number_readings(user):
    read = NumberReading.objects.filter(reader=user).select_related("company")
    return [{"company": reading.company.name, "at": reading.at} for reading in read]


@personal_data(
    "merges",
    _("Accounts that became this one"),
    covers=["members.Merge.person"],
    labels={"at": _("When")},
)
def merges(user):
    return [{"at": one.at} for one in user.merges.all()]


@personal_data(
    "imports",
    _("Lists of the staff that you stood in"),
    covers=[],
    labels={"file": _("File"), "sent_in_at": _("Sent in"), "row": _("What it said")},
)
def imports(user):
    """Rows of kept imports with the person's address; each table is unsealed."""
    return [
        {"file": one.file_name, "sent_in_at": one.made_at, "row": "; ".join(cell for cell in row if cell)}
        for one in Import.objects.with_contents()
        for _number, row in one.table.all_rows()
        if user.email in map(comparable_address, row)
    ]


@erasers.register
def forget_in_imports(user, address):
    """Delete the person's rows from kept imports. Undoing leaves them: their history goes on with the erasure."""
    for one in Import.objects.with_contents():
        table = one.table
        head = table.rows[one.head_index]
        others = {sheet: _without(address, rows) for sheet, rows in table.others.items()}
        kept = replace(table, rows=_without(address, table.rows, but=head), others=others)
        if kept != table:
            one.table, one.head_index = kept, kept.rows.index(head)
            one.save(update_fields=["sealed_table", "head_index"])


def _without(address, rows, but=None):
    return [row for row in rows if row is but or address not in map(comparable_address, row[1])]
