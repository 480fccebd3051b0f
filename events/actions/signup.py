"""Signing up: oneself, colleagues, a guest, somebody at the door, all by `sign_up`."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.forms.once import deed_key
from creativenorth.prepared import prepared
from creativenorth.text.swedish import name_key
from events.actions.mails.steps import mail_new_state
from events.actions.seats import locked_seats
from events.models import Answer, Cause, Registration, Requirements, ShownTo, State
from events.permissions import is_open_to, may_manage_registrations, may_sign_up_for, signup_closed_reason
from events.texts import sign_up_closed_text
from members.models import Affiliation, Company, User
from members.permissions import OWNERS_AND_EDITORS


@dataclass(frozen=True)
class Attendee:
    """Who is to be signed up: a person with an account, or a guest by name."""

    user: User | None = None
    name: str = ""
    email: str = ""
    company: Company | None = None
    target_group: str = ""
    language: str = "sv"

    @classmethod
    def for_user(cls, user, company=None, *, activity=None):
        """A person for that company; without one, for the first of theirs that the activity is open to."""
        found = [each for each in cls.all_for_user(user) if company in (None, each.company)]
        return cls.first_open(found, activity) or cls(user=user, language=user.language)

    @staticmethod
    def first_open(found, activity=None):
        """The first that the activity is open to, else the first; None of an empty list."""
        if activity and len(found) > 1:
            found = [each for each in found if is_open_to(activity, each)] or found
        return found[0] if found else None

    @classmethod
    def all_for_user(cls, user, people=None):
        """The person once for each company that they belong to, the oldest affiliation first."""
        people = people_of_companies(user) if people is None else people
        own = sorted((row for row in people if row.user_id == user.pk), key=lambda row: (row.started_on, row.pk))
        return [cls._from(row, user) for row in own]

    @classmethod
    def all_colleagues_of(cls, user, people=None):
        """Those whom the person may sign up besides themselves."""
        people = people_of_companies(user) if people is None else people
        edited = {row.company_id for row in people if row.user_id == user.pk and row.role in OWNERS_AND_EDITORS}
        return [cls._from(row, row.user) for row in people if row.company_id in edited and row.user_id != user.pk]

    @classmethod
    def _from(cls, row, user):
        return cls(user=user, company=row.company, target_group=row.target_group, language=user.language)

    @property
    def address(self):
        return self.user.email if self.user else self.email

    def active_registration_in(self, activity):
        active = Registration.objects.active().filter(activity=activity)
        if self.user:
            return active.of(self.user).first()
        return active.of_guest(self.email, self.name).first() if self.email else None


@prepared
def people_of_companies(user):
    """Today's affiliations with the companies of the person, their own among them, by name."""
    own = Affiliation.objects.current().filter(user=user).values("company")
    people = Affiliation.objects.current().filter(Q(user__is_active=True) | Q(user=user), company__in=own)
    return people.select_related("user", "company").order_by("user__name", "pk")


@dataclass(frozen=True)
class Details:
    """What the form asks besides: answers by question's id, requirements, and who sees the name."""

    answers: dict = field(default_factory=dict)
    diet: list = field(default_factory=list)
    access: list = field(default_factory=list)
    shown_to: str = ShownTo.NOBODY


def sign_up(activity, *, attendees, mode, idempotency_key, by=None, together=False, details=None, as_staff=False):
    """Give each attendee a seat or a position in the queue, and return their registrations in the same order.

    `together`: they have seats at once or wait as one party. A form that is sent again, with the same `idempotency_key`, and a
    person who is signed up already get the registration that there is; companions of one who is signed up already come
    as a party of their own, whose mail goes to the same address. `by` is who signs up, None for a guest whose
    address is confirmed; `as_staff` ignores for whom and when sign-up is open, never the number of seats.
    Raises `PermissionDenied`, `ValidationError` with a reason in the person's words, and `Busy`.
    """
    _check_rights(attendees, by, as_staff)
    with locked_seats(activity) as seats:
        if made := registrations_made_with(idempotency_key, seats.activity):
            return made
        found = _signed_up_already(activity, attendees)
        if None not in found:
            return [_existing(seats, attendee, row) for attendee, row in zip(attendees, found, strict=True)]
        if not as_staff:
            _check_open(seats, attendees, mode)
        _check_mode(seats, mode)
        rows = _new_registrations(
            seats, attendees, found, mode=mode, idempotency_key=idempotency_key, together=together
        )
        details = details if details and found[0] is None else Details()
        if rows[0].user is None:
            rows[0].email = rows[0].email or attendees[0].address
        for row in rows:
            row.booked_by, row.shown_to = by, details.shown_to if row is rows[0] else ShownTo.NOBODY
        _assign_seats(seats, rows, is_approved=as_staff or not seats.activity.needs_approval)
        _save_details(seats, rows[0], details)
        new = iter(rows)
        return [
            _existing(seats, attendee, row) if row else next(new)
            for attendee, row in zip(attendees, found, strict=True)
        ]


def _signed_up_already(activity, attendees):
    """The active registration of each attendee, or None. Companions are known by their names in parties from the same address."""
    found = [attendee.active_registration_in(activity) for attendee in attendees]
    address = attendees[0].address
    if not address or all(each.address for each in attendees):
        return found
    active = Registration.objects.active().filter(activity=activity)
    parties = active.filter(Q(email=address) | Q(pk=found[0] and found[0].pk)).values("party")
    known = {name_key(row.guest_name): row for row in active.filter(user=None, party__in=parties)}
    return [
        row or (None if each.address else known.get(name_key(each.name)))
        for each, row in zip(attendees, found, strict=True)
    ]


def _check_rights(attendees, by, as_staff):
    if as_staff and not may_manage_registrations(by):
        raise PermissionDenied
    if as_staff or by is None:
        return
    for attendee in attendees:
        is_self = attendee.user == by
        if not is_self and not (attendee.user and attendee.company and may_sign_up_for(by, attendee.company)):
            raise PermissionDenied


def registrations_made_with(idempotency_key, activity):
    """What the form with that key has made in the activity, in the order of its attendees."""
    rows = Registration.objects.filter(activity=activity, idempotency_key=idempotency_key)
    return list(rows.select_related("activity", "user", "company").order_by("pk"))


def _existing(seats, attendee, row):
    """The registration of somebody who is signed up already, given to the account if it was made as a guest.

    When no more offers go out, a free seat is for whoever asks, also for one who waits.
    """
    if attendee.user and row.user_id is None:
        row.user, row.company = attendee.user, row.company or attendee.company
        row.save(update_fields=["user", "company"])
    is_alone = not Registration.objects.active().filter(party=row.party).exclude(pk=row.pk).exists()
    is_free = row.is_waiting and is_alone and not seats.can_offer and seats.has_room_for([row], row.mode)
    if is_free and (row.approved_at or not seats.activity.needs_approval):
        seats.change(row, State.CONFIRMED, Cause.SIGNED_UP)
    return row


def _check_open(seats, attendees, mode):
    activity = seats.activity
    if reason := signup_closed_reason(activity, seats.starts_at, seats.now):
        raise ValidationError(sign_up_closed_text(reason), code=reason)
    if len(attendees) > activity.largest_party:
        text = ngettext(
            "At most %(number)d person can be signed up at once.",
            "At most %(number)d people can be signed up at once.",
            activity.largest_party,
        )
        raise ValidationError(text % {"number": activity.largest_party}, code="party")
    for attendee in attendees:
        # A guest's companions come with the guest; with accounts everybody is asked for themselves.
        if (attendee.user or attendee.email) and not is_open_to(activity, attendee):
            raise ValidationError(_("This activity is open to others: see under “For whom”."), code="audience")


def _check_mode(seats, mode):
    if mode not in seats.activity.modes:
        raise ValidationError(_("Choose how you take part."), code="mode")


def _new_registrations(seats, attendees, found, *, mode, idempotency_key, together):
    """Unsaved registrations for those who have none yet, with their parties."""
    rows = []
    for attendee, row in zip(attendees, found, strict=True):
        if row is None:
            rows.append(
                Registration(
                    activity=seats.activity,
                    user=attendee.user,
                    guest_name="" if attendee.user else attendee.name,
                    email="" if attendee.user else attendee.email,
                    language=attendee.language,
                    company=attendee.company,
                    target_group=attendee.target_group,
                    mode=mode,
                    # Follows from the form, so that the database refuses to make the same a second time.
                    party=deed_key(idempotency_key, seats.activity.pk, 0 if together else len(rows)),
                    number=len(rows) if together else 0,
                    idempotency_key=idempotency_key,
                    created_at=seats.now,
                    changed_at=seats.now,
                    queued_at=seats.now,
                )
            )
    return rows


def _assign_seats(seats, rows, *, is_approved):
    """Save each party with seats if there is room for all of it, else in the queue."""
    parties = {}
    for row in rows:
        parties.setdefault(row.party, []).append(row)
    for party in parties.values():
        has_room = is_approved and seats.has_room_for(party, party[0].mode)
        for row in party:
            row.state = State.CONFIRMED if has_room else State.WAITING
            row.cause = Cause.SIGNED_UP if has_room or not is_approved else Cause.JOINED_QUEUE
            row.approved_at = seats.now if is_approved and seats.activity.needs_approval else None
            row.save(force_insert=True)
            seats.shown_names_changed |= row.shown_to == ShownTo.EVERYONE
        seats.clear_counts()
        for row in party:
            mail_new_state(row, seats.activity, by=row.booked_by)


def _save_details(seats, row, details):
    questions = set(seats.activity.questions.values_list("pk", flat=True)) if details.answers else ()
    Answer.objects.bulk_create(
        Answer(registration=row, question_id=question, text=str(text)[:500])
        for question, text in details.answers.items()
        if question in questions and text
    )
    if details.diet or details.access:
        Requirements.objects.create(registration=row, diet=details.diet, access=details.access)


def sign_up_again(registration, *, activity, idempotency_key):
    """Sign the same person up to an activity, the same or another, with nothing to fill in, by the secret link.

    Raises `ValidationError` where the activity has required questions, and what `sign_up` raises.
    """
    if not is_one_click_possible(activity):
        raise ValidationError(_("This activity has questions to answer: use its own form."), code="questions")
    if registration.user_id:
        attendee = Attendee.for_user(registration.user, activity=activity)
    else:
        attendee = Attendee(
            name=registration.guest_name,
            email=registration.email,
            company=registration.company,
            target_group=registration.target_group,
            language=registration.language,
        )
    return sign_up(activity, attendees=[attendee], mode=activity.modes[0], idempotency_key=idempotency_key)[0]


def is_one_click_possible(activity):
    return len(activity.modes) == 1 and not any(question.is_required for question in activity.questions.all())
