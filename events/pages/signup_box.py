"""The sign-up box of an activity: what it says to this reader, and which button it has."""

import uuid
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from creativenorth.dates import moment_text
from creativenorth.prepared import prepared
from events.actions.seats import Seats
from events.actions.signup import Attendee, is_one_click_possible
from events.models import Activity, Audience, Registration
from events.pages.registration_texts import cancellation_questions
from events.permissions import is_open_to, signup_closed_reason
from events.texts import seats_left_text, sign_up_closed_text

MOST_NAMES = 60


@dataclass
class SignUpBox:
    activity: Activity
    reason: str  # why there is no sign-up now, or ""
    is_full: bool
    few_left: int | None = None  # how many seats are left, when they are few
    registration: Registration | None = None
    colleagues: list = field(default_factory=list)  # colleagues' registrations that the reader may cancel
    is_one_click: bool = False
    is_for_others: bool = False  # the reader is not, or not yet, among those who may sign up
    idempotency_key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def is_open(self):
        return not self.reason

    @property
    def colleagues_to_cancel(self):
        """[(registration, the question before it is cancelled)]"""
        return zip(self.colleagues, cancellation_questions(self.activity, self.colleagues), strict=True)

    @property
    def seats_text(self):
        """How many there are, and how many of them are left when they are few."""
        texts = [self.activity.seats_text, seats_left_text(self.few_left)]
        return ", ".join(str(text) for text in texts if text)

    @property
    def last_day_text(self):
        """Until when people can sign up, where that is before the activity begins."""
        closes_at = self.activity.signup_closes_at
        return moment_text(closes_at) if closes_at and self.reason in ("", "not_yet") else ""

    @property
    def button_text(self):
        return _("Join the queue") if self.is_full else _("Sign up")

    @property
    def text(self):
        activity = self.activity
        if self.reason == "not_yet":
            return _("Sign-up opens %(moment)s.") % {"moment": moment_text(activity.signup_opens_at)}
        if self.reason:
            return sign_up_closed_text(self.reason) if self.reason in ("closed", "started", "over") else ""
        if self.is_for_others:
            return self._others_text
        if self.is_full:
            return _("All seats are taken. When one becomes free it is offered to the next in line.")
        if activity.needs_approval:
            return _("We look at each sign-up before we give out a seat.")
        if activity.signup_closes_at:
            return _("Sign up by %(moment)s at the latest.") % {"moment": moment_text(activity.signup_closes_at)}
        return ""

    @property
    def _others_text(self):
        if self.activity.audience == Audience.INVITED:
            return _(
                "Only those who are invited can sign up. Are you invited at another address? Sign out, and sign up with that one."
            )
        if self.activity.audience == Audience.MEMBERS_INVITED:
            return _(
                "Only people of member companies, and those who are invited, can sign up. Are you invited at another address? "
                "Sign out, and sign up with that one."
            )
        if self.activity.audience == Audience.TARGET_GROUP:
            return _("Only people of member companies can sign up, in the groups under “For whom”.")
        return _("Only people of member companies can sign up.")


def sign_up_box(activity, user):
    seats = Seats(activity)
    reason = signup_closed_reason(activity, seats.starts_at, seats.now)
    box = SignUpBox(
        activity=activity,
        reason=reason,
        is_full=not reason and seats.is_full,
        few_left=None if reason else seats.few_left,
    )
    if user.is_authenticated:
        rows = _changeable(activity, user)
        box.registration = min((row for row in rows if row.is_own), key=lambda row: row.pk, default=None)
        if reason not in ("cancelled", "started", "over"):
            box.colleagues = [row for row in rows if not row.is_own]
        box.is_one_click = box.is_open and box.registration is None and is_one_click_possible(activity)
    box.is_for_others = box.is_open and not (
        _may_sign_up(activity, user) if user.is_authenticated else activity.takes_guests
    )
    box.is_one_click = box.is_one_click and not box.is_for_others
    return box


@prepared
def _changeable(activity, user):
    rows = Registration.objects.active().changeable_by(user).filter(activity=activity)
    return rows.select_related("user").order_by("created_at", "pk")


def _may_sign_up(activity, user):
    """Themselves, or colleagues."""
    if activity.audience == Audience.PUBLIC:
        return True
    own = Attendee.all_for_user(user) or [Attendee(user=user)]
    return any(is_open_to(activity, each) for each in (*own, *Attendee.all_colleagues_of(user)))


def preview_sign_up_box(activity, starts_at):
    """What a visitor will see, for an activity from a form that may not be saved yet."""
    reason = signup_closed_reason(activity, starts_at)
    return SignUpBox(
        activity=activity, reason=reason, is_full=not reason and bool(activity.pk) and Seats(activity).is_full
    )


def visible_names(activity, registration):
    """(name, company) of participants whom a reader with that registration, or None, may see, as each of them has chosen."""
    rows = _shown(activity, to_participants=bool(registration and registration.is_confirmed))
    return [(row.name, row.company.name if row.company else "") for row in rows]


@prepared
def _shown(activity, *, to_participants):
    rows = Registration.objects.filter(activity=activity)
    shown = rows.shown_to_participants() if to_participants else rows.shown_to_everyone()
    return (
        shown.select_related("user", "company")
        .only("guest_name", "user__name", "user__email", "user__erased_at", "company__name")
        .order_by("changed_at", "pk")[:MOST_NAMES]
    )
