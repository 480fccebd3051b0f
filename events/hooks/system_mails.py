"""The mails about registrations, whose texts staff can change."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.mail.templates import portal_value, required_value, system_mail, typed_value

PARTY = 2  # the size of party with which the built-in texts are rendered


def _place_text(context):
    online = ": ".join(filter(None, [gettext("Online"), context["online_url"]])) if context["is_online"] else ""
    return "\n".join(filter(None, [context["place"], online]))


def _mail(key, label, template="", placeholders=(), when=lambda context: True, **sample):
    """A mail about a registration: each can name the person, the activity, its dates and where it is."""
    sample = {
        "when": ["{when}"],
        "is_online": False,
        "online_url": "",
        "party_size": 1,
        "somebody_waits": False,
        "is_off": False,
        "is_approved": False,
        "needs_approval": False,
        "cancel_reason": "",
        "reason": "",
        "number": "{number}",
    } | sample
    system_mail(
        key, label, template=template or key, placeholders=_FACTS | dict(placeholders), when=when, sample=sample
    )


_FACTS = {
    "name": typed_value(_("who gets the mail")),
    "activity": portal_value(_("the activity")),
    "when": portal_value(_("day and time of each date"), lambda context: "\n".join(context["when"])),
    "place": portal_value(_("where it is"), _place_text),
    "page": portal_value(_("the activity’s page")),
}
_LINK = {"link": required_value(_("the secret link to the seat"))}
_PARTY = {"party_size": portal_value(_("how many come together"))}
_UNTIL = {"until": required_value(_("until when the seat is held"))}
_REASON = {"reason": required_value(_("the reason that staff wrote"))}


def _is_party(context):
    return context["party_size"] > 1


class _PartySizeWord(int):
    """The size of a party as shown in the built-in text: greater than one, and written as its placeholder."""

    def __str__(self):
        return "{party_size}"


_party_size_word = _PartySizeWord(PARTY)
_mail(
    "seat_confirmed_approved",
    _("Seat: sign-up approved"),
    "seat_confirmed",
    _LINK,
    lambda context: context["is_approved"] and not _is_party(context),
    is_approved=True,
)
_mail(
    "seat_confirmed_approved_party",
    _("Seat: sign-up approved, several together"),
    "seat_confirmed",
    _LINK | _PARTY,
    lambda context: context["is_approved"],
    is_approved=True,
    party_size=_party_size_word,
)
_mail(
    "seat_confirmed_party",
    _("Seat confirmed, several together"),
    "seat_confirmed",
    _LINK | _PARTY,
    _is_party,
    party_size=_party_size_word,
)
_mail("seat_confirmed", _("Seat confirmed"), placeholders=_LINK)
_mail(
    "seat_waiting_approval",
    _("Sign-up to be approved"),
    "seat_waiting",
    _LINK,
    lambda context: context["needs_approval"] and not _is_party(context),
    needs_approval=True,
)
_mail(
    "seat_waiting_approval_party",
    _("Sign-up to be approved, several together"),
    "seat_waiting",
    _LINK | _PARTY,
    lambda context: context["needs_approval"],
    needs_approval=True,
    party_size=_party_size_word,
)
_mail(
    "seat_waiting_party",
    _("On the waiting list, several together"),
    "seat_waiting",
    _LINK | _PARTY,
    _is_party,
    party_size=_party_size_word,
)
_mail("seat_waiting", _("On the waiting list"), placeholders=_LINK)
_mail(
    "seat_offered_party",
    _("Seats offered, several together"),
    "seat_offered",
    _LINK | _UNTIL | _PARTY,
    _is_party,
    party_size=_party_size_word,
)
_mail("seat_offered", _("Seat offered"), placeholders=_LINK | _UNTIL)
_mail("offer_lapsed", _("The offer has run out"))
_mail("seat_reminder", _("Reminder"), placeholders=_LINK)
_mail("seat_changed", _("New time or place"), placeholders=_LINK)
_mail("seat_date", _("A further date for the calendar"), placeholders={"number": portal_value(_("which of the dates"))})
_mail("seat_given_back", _("Signed off by oneself"))
_mail("seat_not_approved", _("Sign-up not approved"), placeholders=_REASON, reason="{reason}")
_mail(
    "seat_cancelled_off",
    _("Activity cancelled"),
    "seat_cancelled",
    {"cancel_reason": required_value(_("why it is cancelled"))},
    lambda context: context["is_off"],
    is_off=True,
    cancel_reason="{cancel_reason}",
)
_mail(
    "seat_cancelled",
    _("Signed off by staff"),
    placeholders={"reason": portal_value(_("the reason that staff wrote"))},
    reason="{reason}",
)
system_mail(
    "guest_confirm",
    _("A guest confirms the address"),
    placeholders={
        "activity": portal_value(_("the activity")),
        "link": required_value(_("the secret link")),
        "until": portal_value(_("how long the link works")),
    },
)
