"""The mails of this app that staff may word themselves."""

from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from creativenorth.mail.templates import portal_value, required_value, system_mail, typed_value

_EMAIL = portal_value(_("the address that was typed"))


def _link(context):
    return context["site_url"] + context["path"]


# Signing in
system_mail("login_code", placeholders={"code": required_value(_("the code"))})
system_mail("unknown_account", placeholders={"email": _EMAIL})
system_mail("account_already_exists", placeholders={"email": _EMAIL})
system_mail(
    "password_reset_key",
    placeholders={
        "link": required_value(_("the link, which works once"), lambda context: context["password_reset_url"])
    },
    sample={"password_reset_url": "{link}"},
)
for _key in (
    "email_confirmation",
    "email_confirmation_signup",
):
    system_mail(
        _key,
        placeholders={"link": required_value(_("the link that confirms"), lambda context: context["activate_url"])},
        sample={"activate_url": "{link}"},
    )

# What was changed in an account
for _key in (
    "password_changed",
    "password_reset",
    "password_set",
    "recovery_codes_generated",
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
    "email_confirm",
):
    system_mail(_key, placeholders={})
system_mail(
    "webauthn_copied",
    placeholders={"passkey": typed_value(_("what the passkey is called"))},
)
system_mail(
    "email_changed",
    placeholders={"to_email": portal_value(_("the new address")), "from_email": portal_value(_("the old address"))},
)
system_mail("email_deleted", placeholders={"deleted_email": portal_value(_("that address"))})
system_mail(
    "account_erased_later",
    placeholders={"until": required_value(_("the day when name and address are erased"))},
)
system_mail("account_erased", placeholders={}, sample={"until": ""})

# Companies and their people
_COMPANY = typed_value(_("the company"))
system_mail(
    "invitation",
    placeholders={
        "inviter": typed_value(_("who invites")),
        "company": _COMPANY,
        "link": required_value(_("the secret link")),
        "until": portal_value(_("the last day")),
    },
)
system_mail(
    "colleague_joined",
    placeholders={
        "name": typed_value(_("the colleague")),
        "company": _COMPANY,
        "link": required_value(_("the company’s people")),
    },
)
system_mail("affiliation_ended", placeholders={"company": _COMPANY})
_WHO = typed_value(_("who changed the profile"))
system_mail(
    "profile_submitted",
    placeholders={"sender": _WHO, "company": _COMPANY, "link": required_value(_("where it is read"), _link)},
    sample={"site_url": "", "path": "{link}"},
)
system_mail(
    "profile_approved",
    placeholders={"sender": _WHO, "company": _COMPANY, "link": required_value(_("the company’s page"), _link)},
    sample={"site_url": "", "path": "{link}"},
)
system_mail(
    "profile_returned",
    placeholders={
        "sender": _WHO,
        "company": _COMPANY,
        "comment": required_value(_("what should change")),
        "link": required_value(_("where the company goes on"), _link),
    },
    sample={"site_url": "", "path": "{link}"},
)
system_mail(
    "page_taken_down",
    placeholders={"company": _COMPANY, "link": required_value(_("where the company asks why"))},
)

# Merged duplicates, and idle accounts
_PERSON = typed_value(_("who gets the mail"))
system_mail(
    "companies_merged",
    placeholders={
        "person": _PERSON,
        "name": typed_value(_("what the company is called")),
        "one": typed_value(_("one of the two names"), lambda context: context["names"][0]),
        "other": typed_value(_("the other of the two"), lambda context: context["names"][1]),
        "link": required_value(_("the company’s page"), _link),
    },
    sample={"site_url": "", "path": "{link}", "names": ["{one}", "{other}"]},
)
system_mail(
    "people_merged",
    placeholders={
        "person": _PERSON,
        "email": required_value(_("the address that mail goes to")),
        "one": portal_value(_("one of the two addresses"), lambda context: context["addresses"][0]),
        "other": portal_value(_("the other of the two"), lambda context: context["addresses"][1]),
    },
    sample={"addresses": ["{one}", "{other}"]},
)
system_mail(
    "account_closing",
    placeholders={
        "day": required_value(_("the day when it is closed")),
        "link": required_value(_("where one keeps it")),
    },
)

system_mail(
    "enquiry_responsible",
    placeholders={
        "sender": typed_value(_("who says so")),
        "enquiry": typed_value(_("the lead")),
        "next_step": typed_value(_("what is to be done")),
        "link": required_value(_("where it is followed up")),
    },
)
system_mail(
    "account_opened",
    placeholders={
        "link": required_value(_("where one signs in")),
        "home": portal_value(_("one’s own page")),
    },
)

_ROLE = required_value(_("the role"))
system_mail(
    "staff_invitation",
    placeholders={
        "sender": typed_value(_("who invites")),
        "role": _ROLE,
        "link": required_value(_("where one signs in")),
        "days": portal_value(_("for how many days")),
    },
)
system_mail(
    "staff_role",
    placeholders={"sender": typed_value(_("who says so")), "role": _ROLE, "link": portal_value(_("the staff’s pages"))},
)
system_mail(
    "staff_withdrawn",
    placeholders={"sender": typed_value(_("who says so"))},
)

# Enquiries: for each kind a mail to who wrote and one to the cluster's contact
for _kind in ("join", "contact", "barrier"):
    system_mail(
        f"enquiry_thanks_{_kind}",
        placeholders={},
    )
    system_mail(
        f"enquiry_received_{_kind}",
        placeholders={
            "company": typed_value(_("the company"), lambda context: context["enquiry"].company_name),
            "name": typed_value(_("who wrote"), lambda context: context["enquiry"].name),
            "email": portal_value(_("their address"), lambda context: context["enquiry"].email),
            "phone": portal_value(_("their phone"), lambda context: context["enquiry"].phone),
            "website": portal_value(_("their website"), lambda context: context["enquiry"].website),
            "page": portal_value(_("the page with the barrier"), lambda context: context["enquiry"].address),
            "message": required_value(_("what they wrote"), lambda context: context["enquiry"].message),
            "link": required_value(_("where it is followed up")),
        },
        sample={
            "enquiry": SimpleNamespace(
                kind=_kind,
                company_name="{company}",
                name="{name}",
                email="{email}",
                phone="{phone}",
                website="{website}",
                address="{page}" if _kind == "barrier" else "",
                message="{message}",
            )
        },
    )
