"""What the mails about registrations are filled in with; their texts staff can change."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.mail.templates import portal_value, required_value, system_mail, typed_value


class _PartySize(int):
    """The size of a party in the built-in text: greater than one, and written as its placeholder."""

    def __str__(self):
        return "{party_size}"


_FACTS = {
    "first_name": typed_value(_("who gets the mail, by first name")),
    "name": typed_value(_("who gets the mail, by whole name")),
    "activity": portal_value(_("the activity")),
    "when": portal_value(_("day and time of each date"), lambda context: "\n".join(context["when"])),
    "place": portal_value(_("where it is"), lambda context: _place_text(context)),
    "page": portal_value(_("the activity’s page")),
}
_LINK = {"link": required_value(_("the secret link to the seat"))}
_PARTY = {"party_size": portal_value(_("how many come together"))}
_UNTIL = {"until": required_value(_("until when the seat is held"))}
_REASON = {"reason": portal_value(_("the reason that staff wrote"))}
_SAMPLE = {
    "occasions": [{"activity": "{activity}", "when": ["{when}"], "place": "{place}", "page": "{page}"}],
    "when": ["{when}"],
    "is_many": False,
    "party_size": 1,
    "somebody_waits": False,
    "is_off": False,
    "is_waiting": False,
    "is_approved": False,
    "needs_approval": False,
    "changes": "",
    "line": "",
    "cancel_reason": "",
    "reason": "",
}


def _place_text(context):
    online = ": ".join(filter(None, [gettext("Online"), context["online_url"]])) if context["is_online"] else ""
    return "\n".join(filter(None, [context["place"], online]))


def _mail(key, placeholders=(), **sample):
    """A mail about a registration: each can name the person, the activity, its dates and where it is."""
    party = {"party_size": _PartySize(2)} if key.endswith("_party") else {}
    more = dict(placeholders) | (_PARTY if party else {})
    system_mail(key, placeholders=_FACTS | more, sample=_SAMPLE | party | sample)


for _key in ("seat_confirmed", "seat_waiting"):
    _mail(_key, _LINK)
    _mail(f"{_key}_party", _LINK)
_mail("seat_confirmed_approved", _LINK, is_approved=True)
_mail("seat_confirmed_approved_party", _LINK, is_approved=True)
_mail("seat_waiting_approval", _LINK, needs_approval=True)
_mail("seat_waiting_approval_party", _LINK, needs_approval=True)
_mail("seat_offered", _LINK | _UNTIL)
_mail("seat_offered_party", _LINK | _UNTIL)
_mail("offer_lapsed")
_mail("seat_reminder", _LINK)
_CHANGES = {
    "changes": required_value(_("what it was before and what it is now")),
    "line": portal_value(_("the line that staff write with the change")),
}
_mail("seat_changed", _LINK | _CHANGES, line="{line}", changes="{changes}")
_mail("seat_changed_waiting", _LINK | _CHANGES, line="{line}", changes="{changes}", is_waiting=True)
_mail("seat_given_back")
_mail("seat_given_back_colleague")
_mail("seat_not_approved", {"reason": required_value(_("the reason that staff wrote"))}, reason="{reason}")
_mail(
    "seat_cancelled_off",
    {"cancel_reason": required_value(_("why it is cancelled"))},
    is_off=True,
    cancel_reason="{cancel_reason}",
)
_mail("seat_cancelled", _REASON, reason="{reason}")
system_mail(
    "guest_confirm",
    placeholders={
        "activity": portal_value(_("the activity")),
        "when": portal_value(_("day and time of each date"), lambda context: "\n".join(context["when"])),
        "place": portal_value(_("where it is")),
        "page": portal_value(_("the activity’s page")),
        "link": required_value(_("the secret link")),
        "until": portal_value(_("how long the link works")),
    },
    sample={"when": ["{when}"], "occasions": _SAMPLE["occasions"]},
)
