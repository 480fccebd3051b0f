"""Short ways to sign people up in tests, and what must be true of an activity's seats whatever has happened."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from events.actions.seats import Seats
from events.actions.signup import Attendee, sign_up
from events.models import Registration, State
from tests import factories


def make_course(seats=1, *, starts_in=timedelta(days=30), **fields):
    """A published activity on site with so many seats."""
    return factories.make_activity(capacity=seats, starts_in=starts_in, **fields)


def person(company=None, **affiliation):
    user = factories.make_user()
    if company:
        factories.make_affiliation(user, company, **affiliation)
    return user


def guest(name="Gun Gäst", email=None, **fields):
    return Attendee(name=name, email=email or f"{uuid4().hex[:8]}@utanfor.example", **fields)


def join(activity, who=None, *, mode="on_site", **options):
    """Sign one person up, a new one where nobody is given, and return the registration."""
    who = who or person()
    attendees = [Attendee.for_user(who)]
    return sign_up(activity, attendees=attendees, mode=mode, idempotency_key=uuid4(), by=who, **options)[0]


def join_together(activity, size, *, mode="on_site", **fields):
    """A guest and companions who wait as one."""
    attendees = [guest(**fields)] + [Attendee(name=f"Följe {number}", **fields) for number in range(1, size)]
    return sign_up(activity, attendees=attendees, mode=mode, idempotency_key=uuid4(), together=True)


def states(activity):
    """The state of each registration, the oldest first."""
    return list(Registration.objects.filter(activity=activity).order_by("pk").values_list("state", flat=True))


def later(**span):
    return timezone.now() + timedelta(**span)


def faults(activity):
    """What is wrong with the seats of an activity at rest: a seat too many, or a free one for which somebody waits."""
    seats, found = Seats(activity), []
    for mode in ("on_site", "online"):
        limit, taken = activity.seats(mode), seats.taken(mode)
        if limit is not None and taken > limit:
            found.append(f"{taken} of {limit} seats {mode}")
        if mode in activity.modes and seats.next_party(mode):
            found.append(f"a free seat {mode} and somebody who waits for it")
    late = Registration.objects.filter(activity=activity, state=State.OFFERED, held_until__lte=timezone.now())
    return found + ["an offer that has run out"] * late.exists()
