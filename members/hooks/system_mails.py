"""The mails of this app that staff may word themselves."""

from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from creativenorth.mail.templates import needed, system_mail, told, typed

_EMAIL = told(_("the address that was typed"))


def _link(context):
    return context["site_url"] + context["path"]


# Signing in
system_mail("login_code", _("Code to sign in"), slots={"code": needed(_("the code"))})
system_mail("unknown_account", _("Sign-in without an account"), slots={"email": _EMAIL})
system_mail("account_already_exists", _("The account exists already"), slots={"email": _EMAIL})
system_mail(
    "password_reset_key",
    _("Link to a new password"),
    slots={"link": needed(_("the link, which works once"), lambda context: context["password_reset_url"])},
    sample={"password_reset_url": "{link}"},
)
for _key, _label in (
    ("email_confirmation", _("Confirm an address")),
    ("email_confirmation_signup", _("Confirm the address of a new account")),
):
    system_mail(
        _key,
        _label,
        slots={"link": needed(_("the link that confirms"), lambda context: context["activate_url"])},
        sample={"activate_url": "{link}"},
    )

# What was changed in an account
for _key, _label in (
    ("password_changed", _("Password changed")),
    ("password_reset", _("Password replaced")),
    ("password_set", _("Password chosen")),
    ("recovery_codes_generated", _("New recovery codes")),
    ("totp_activated", _("Second step switched on")),
    ("totp_deactivated", _("Second step switched off")),
    ("webauthn_added", _("Passkey added")),
    ("webauthn_removed", _("Passkey removed")),
    ("email_confirm", _("Address confirmed")),
):
    system_mail(_key, _label, slots={})
system_mail(
    "email_changed",
    _("Address changed"),
    slots={"to_email": told(_("the new address")), "from_email": told(_("the old address"))},
)
system_mail("email_deleted", _("Address taken away"), slots={"deleted_email": told(_("that address"))})
system_mail(
    "account_erased_later",
    _("Account closed, erased later"),
    template="account_erased",
    slots={"until": needed(_("the day when name and address are erased"))},
    when=lambda context: bool(context.get("until")),
)
system_mail("account_erased", _("Account erased"), slots={}, sample={"until": ""})

# Companies and their people
_COMPANY = typed(_("the company"))
system_mail(
    "invitation",
    _("Invitation of a colleague"),
    slots={
        "inviter": typed(_("who invites")), "company": _COMPANY, "link": needed(_("the secret link")),
        "until": told(_("the last day")),
    },
)  # fmt: skip
system_mail(
    "colleague_joined",
    _("A colleague has joined"),
    slots={"name": typed(_("the colleague")), "company": _COMPANY, "link": needed(_("the company’s people"))},
)
system_mail("affiliation_ended", _("Taken out of a company"), slots={"company": _COMPANY})
_WHO = typed(_("who changed the profile"))
system_mail(
    "profile_submitted",
    _("A profile to read, to staff"),
    slots={"sender": _WHO, "company": _COMPANY, "link": needed(_("where it is read"), _link)},
    sample={"site_url": "", "path": "{link}"},
)
system_mail(
    "profile_approved",
    _("Profile approved"),
    slots={"sender": _WHO, "company": _COMPANY, "link": needed(_("the company’s page"), _link)},
    sample={"site_url": "", "path": "{link}"},
)
system_mail(
    "profile_returned",
    _("Profile returned"),
    slots={
        "sender": _WHO, "company": _COMPANY, "comment": needed(_("what should change")),
        "link": needed(_("where the company goes on"), _link),
    },
    sample={"site_url": "", "path": "{link}"},
)  # fmt: skip
system_mail(
    "page_taken_down",
    _("Page taken down by staff"),
    slots={"company": _COMPANY, "link": needed(_("where the company asks why"))},
)

# Merged duplicates, and idle accounts
_PERSON = typed(_("who gets the mail"))
system_mail(
    "companies_merged",
    _("Two companies became one"),
    slots={
        "person": _PERSON, "name": typed(_("what the company is called")),
        "one": typed(_("one of the two names"), lambda context: context["names"][0]),
        "other": typed(_("the other of the two"), lambda context: context["names"][1]),
        "link": needed(_("the company’s page"), _link),
    },
    sample={"site_url": "", "path": "{link}", "names": ["{one}", "{other}"]},
)  # fmt: skip
system_mail(
    "people_merged",
    _("Two accounts became one"),
    slots={
        "person": _PERSON, "email": needed(_("the address that mail goes to")),
        "one": told(_("one of the two addresses"), lambda context: context["addresses"][0]),
        "other": told(_("the other of the two"), lambda context: context["addresses"][1]),
    },
    sample={"addresses": ["{one}", "{other}"]},
)  # fmt: skip
system_mail(
    "account_closing",
    _("An unused account will be closed"),
    slots={"day": needed(_("the day when it is closed")), "link": needed(_("where one keeps it"))},
)

# Enquiries: for each kind a mail to who wrote and one to the cluster's contact
for _kind, _label, _inside in (
    ("join", _("Thanks: wants to join"), _("To the contact: wants to join")),
    ("contact", _("Thanks: a question"), _("To the contact: a question")),
    ("barrier", _("Thanks: a barrier on the site"), _("To the contact: a barrier on the site")),
):
    system_mail(
        f"enquiry_thanks_{_kind}",
        _label,
        template="enquiry_thanks",
        slots={},
        when=lambda context, kind=_kind: context["kind"] == kind,
        sample={"kind": _kind},
    )
    system_mail(
        f"enquiry_received_{_kind}",
        _inside,
        template="enquiry_received",
        slots={
            "company": typed(_("the company"), lambda context: context["enquiry"].company_name),
            "name": typed(_("who wrote"), lambda context: context["enquiry"].name),
            "email": told(_("their address"), lambda context: context["enquiry"].email),
            "phone": told(_("their phone"), lambda context: context["enquiry"].phone),
            "website": told(_("their website"), lambda context: context["enquiry"].website),
            "page": told(_("the page with the barrier"), lambda context: context["enquiry"].address),
            "message": needed(_("what they wrote"), lambda context: context["enquiry"].message),
            "link": needed(_("where it is followed up")),
        },
        when=lambda context, kind=_kind: context["enquiry"].kind == kind,
        sample={
            "enquiry": SimpleNamespace(
                kind=_kind, company_name="{company}", name="{name}", email="{email}", phone="{phone}",
                website="{website}", address="{page}" if _kind == "barrier" else "", message="{message}",
            )
        },
    )  # fmt: skip
