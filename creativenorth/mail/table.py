"""Which mail goes out for which event, and to whom: all of the portal's mails in one table.

An event may be several mails by its facts; for each event and its facts exactly one row holds, whatever the order of rows.
A row without a template says that nobody is told. The words of a mail are `templates/mail/<template>.txt` or staff's own
(creativenorth.mail.templates); what placeholders there are is told by the app whose mail it is (`<app>/hooks/system_mails.py`).
Letters, which people write, are no rows: members.models.letter and events.actions.mails.participants.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Row:
    """`key`: under which staff find its words. `button`: what its link is called.

    `facts`: {name in the mail's context: value, or several that are alike here}.
    """

    key: str
    label: str
    to: str
    group: str
    event: str = ""
    template: str = ""
    button: str = ""
    facts: dict = field(default_factory=dict)

    def holds(self, context):
        return all(_is(context.get(name), wanted) for name, wanted in self.facts.items())


def _is(value, wanted):
    if isinstance(wanted, bool):
        return bool(value) == wanted
    return value in wanted if isinstance(wanted, tuple) else value == wanted


def _row(key, label, to, *, event="", template=None, button="", **facts):
    template = key if template is None else template
    return key, label, to, event or template, template, button or _BUTTONS.get(template, ""), facts


# Whom
_PERSON = _("the person")
_WHO_TYPED_IT = _("the address that was typed")
_OLD_ADDRESS = _("the address that the account had")
_INVITED = _("the invited address")
_TAKES_PART = _("the person, or the guest whose companions they are")
_SEATS_AND_WAITING = _("each who has a seat or waits")
_OWNERS = _("owners and editors of the company")
_STAFF = _("staff who read profiles")
_CONTACT = _("the cluster’s contact")
_WHO_WROTE = _("who wrote")
_COLLEAGUE = _("the colleague of the staff")
_NOBODY = _("nobody")

_BUTTONS = {
    "password_reset_key": _("Choose a new password"),
    "email_confirmation": _("Confirm the address"),
    "email_confirmation_signup": _("Confirm the address"),
    "account_opened": _("Sign in"),
    "account_closing": _("Keep the account"),
    "invitation": _("Accept the invitation"),
    "colleague_joined": _("The company’s people"),
    "profile_submitted": _("Read the profile"),
    "profile_approved": _("See the page"),
    "profile_returned": _("Go on with the profile"),
    "companies_merged": _("See the page"),
    "enquiry_received": _("Follow it up"),
    "enquiry_responsible": _("Follow it up"),
    "staff_invitation": _("Sign in"),
    "guest_confirm": _("Confirm the address"),
    "seat_confirmed": _("Your ticket"),
    "seat_reminder": _("Your ticket"),
    "seat_waiting": _("Your place in the queue"),
    "seat_offered": _("Answer the offer"),
    "seat_changed": _("Your registration"),
}
_SEAT = {"event": "registration", "template": "seat_confirmed", "state": "confirmed"}
_WAITS = {"event": "registration", "template": "seat_waiting", "state": "waiting"}
_OFFER = {"event": "registration", "template": "seat_offered", "state": "offered"}
_ENDED = {"event": "registration", "state": ("cancelled", "declined")}

# fmt: off
_GROUPS = (
    (_("Signing in"), (
        _row("login_code", _("Code to sign in"), _PERSON),
        _row("unknown_account", _("Sign-in without an account"), _WHO_TYPED_IT),
        _row("account_already_exists", _("The account exists already"), _WHO_TYPED_IT),
        _row("password_reset_key", _("Link to a new password"), _PERSON),
        _row("email_confirmation", _("Confirm an address"), _WHO_TYPED_IT),
        _row("email_confirmation_signup", _("Confirm the address of a new account"), _WHO_TYPED_IT),
    )),
    (_("What was changed in an account"), (
        _row("password_changed", _("Password changed"), _PERSON),
        _row("password_reset", _("Password replaced"), _PERSON),
        _row("password_set", _("Password chosen"), _PERSON),
        _row("recovery_codes_generated", _("New recovery codes"), _PERSON),
        _row("totp_activated", _("Second step switched on"), _PERSON),
        _row("totp_deactivated", _("Second step switched off"), _PERSON),
        _row("webauthn_added", _("Passkey added"), _PERSON),
        _row("webauthn_removed", _("Passkey removed"), _PERSON),
        _row("webauthn_copied", _("A copied passkey was refused"), _PERSON),
        _row("email_confirm", _("Address confirmed"), _PERSON),
        _row("email_changed", _("Address changed"), _OLD_ADDRESS),
        _row("email_deleted", _("Address taken away"), _OLD_ADDRESS),
        _row("account_opened", _("An account without a company"), _PERSON),
        _row("account_closing", _("An unused account will be closed"), _PERSON),
        _row("account_erased_later", _("Account closed, erased later"), _PERSON, template="account_erased", until=True),
        _row("account_erased", _("Account erased"), _PERSON, until=False),
        _row("people_merged", _("Two accounts became one"), _PERSON),
    )),
    (_("Companies and their people"), (
        _row("invitation", _("Invitation of a colleague"), _INVITED),
        _row("colleague_joined", _("A colleague has joined"), _("who invited")),
        _row("affiliation_ended", _("Taken out of a company"), _PERSON),
        _row("profile_submitted", _("A profile to read, to staff"), _STAFF),
        _row("profile_approved", _("Profile approved"), _("who sent it in")),
        _row("profile_returned", _("Profile returned"), _("who sent it in")),
        _row("page_taken_down", _("Page taken down by staff"), _OWNERS),
        _row("companies_merged", _("Two companies became one"), _OWNERS),
    )),
    (_("Enquiries"), (
        _row("enquiry_thanks_join", _("Thanks: wants to join"), _WHO_WROTE, template="enquiry_thanks", kind="join"),
        _row("enquiry_received_join", _("To the contact: wants to join"), _CONTACT, template="enquiry_received", kind="join"),
        _row("enquiry_thanks_contact", _("Thanks: a question"), _WHO_WROTE, template="enquiry_thanks", kind="contact"),
        _row("enquiry_received_contact", _("To the contact: a question"), _CONTACT, template="enquiry_received", kind="contact"),
        _row("enquiry_thanks_barrier", _("Thanks: a barrier on the site"), _WHO_WROTE, template="enquiry_thanks", kind="barrier"),
        _row("enquiry_received_barrier", _("To the contact: a barrier on the site"), _CONTACT,
             template="enquiry_received", kind="barrier"),
        _row("enquiry_responsible", _("To a colleague: responsible for a lead"), _COLLEAGUE),
    )),
    (_("Staff"), (
        _row("staff_invitation", _("Invitation of a colleague to the staff"), _INVITED),
        _row("staff_role", _("Another role in the staff"), _COLLEAGUE),
        _row("staff_withdrawn", _("No longer of the staff"), _COLLEAGUE),
    )),
    (_("Seats"), (
        _row("guest_confirm", _("A guest confirms the address"), _WHO_TYPED_IT),
        _row("seat_confirmed", _("Seat confirmed"), _TAKES_PART, is_approved=False, is_party=False, **_SEAT),
        _row("seat_confirmed_party", _("Seat confirmed, several together"), _TAKES_PART, is_approved=False, is_party=True, **_SEAT),
        _row("seat_confirmed_approved", _("Seat: sign-up approved"), _TAKES_PART, is_approved=True, is_party=False, **_SEAT),
        _row("seat_confirmed_approved_party", _("Seat: sign-up approved, several together"), _TAKES_PART,
             is_approved=True, is_party=True, **_SEAT),
        _row("seat_waiting", _("In the queue"), _TAKES_PART, needs_approval=False, is_party=False, **_WAITS),
        _row("seat_waiting_party", _("In the queue, several together"), _TAKES_PART,
             needs_approval=False, is_party=True, **_WAITS),
        _row("seat_waiting_approval", _("Sign-up to be approved"), _TAKES_PART, needs_approval=True, is_party=False, **_WAITS),
        _row("seat_waiting_approval_party", _("Sign-up to be approved, several together"), _TAKES_PART,
             needs_approval=True, is_party=True, **_WAITS),
        _row("seat_offered", _("Seat offered"), _TAKES_PART, is_party=False, **_OFFER),
        _row("seat_offered_party", _("Seats offered, several together"), _TAKES_PART, is_party=True, **_OFFER),
        _row("offer_lapsed", _("The offer has run out"), _TAKES_PART, cause="no_answer", **_ENDED),
        _row("seat_not_approved", _("Sign-up not approved"), _TAKES_PART, cause="not_approved", **_ENDED),
        _row("seat_given_back", _("Cancelled by the person"), _TAKES_PART, cause=("by_person", "by_link", "declined"), **_ENDED),
        _row("seat_given_back_colleague", _("Cancelled by a colleague"), _TAKES_PART,
             template="seat_given_back", cause="by_colleague", **_ENDED),
        _row("seat_cancelled", _("Cancelled by staff"), _TAKES_PART, cause="by_staff", **_ENDED),
        _row("seat_cancelled_off", _("Activity cancelled"), _SEATS_AND_WAITING,
             template="seat_cancelled", cause="activity_off", **_ENDED),
        _row("", _("The account is closed, or two became one"), _NOBODY, template="", cause=("person_left", "merged"), **_ENDED),
        _row("seat_changed", _("New time or place"), _("each who has a seat, where staff choose to tell"), is_waiting=False),
        _row("seat_changed_waiting", _("New time, place or seats, to those who wait"), _("each who waits, where staff choose to tell"),
             template="seat_changed", is_waiting=True),
        _row("seat_reminder", _("Reminder"), _("each who has a seat and wants reminders")),
    )),
)
# fmt: on

TABLE = tuple(
    Row(key, label, to, group, event, template, button, facts)
    for group, rows in _GROUPS
    for key, label, to, event, template, button, facts in rows
)


def row_for(event, context):
    """The one row that holds; None for an event that is no row, whose mail is the template of its name."""
    return next((row for row in TABLE if row.event == event and row.holds(context)), None)


def row_of(key):
    return next((row for row in TABLE if row.key == key), None)
