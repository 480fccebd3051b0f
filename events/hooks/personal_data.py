"""What personal data this app has of a person, and how it is erased."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import date_span_text, moment_text
from events.actions.erasure import erase_address
from events.models import Answer, Feed, GuestSignUp, Invitee, Registration, Requirements
from events.models.states import NAMELESS
from members.actions.erasure import rewrite_history
from members.hooks.personal_data import addresses_of, confirmed_addresses_of, erasers, personal_data
from members.retention import accounts_needed


def registrations_of(user, addresses):
    """In the person's name; not those of others who have signed up from the same mailbox."""
    own = Registration.objects.filter(user=user)
    for address in addresses:
        own |= Registration.objects.of_guest(address, user.name)
    return own


@personal_data(
    "registrations",
    _("Activities you signed up to"),
    covers=["events.Registration.user", "events.Registration.email"],
    labels={
        "activity": _("Activity"),
        "state": _("State"),
        "signed_up_at": _("Signed up"),
        "was_there": _("Was there"),
        "seen": _("Seen at the door"),
        "corrected": _("Corrected by staff"),
        "answers": _("Answers"),
    },
)
def registrations(user):
    own = registrations_of(user, addresses_of(user))
    return [
        {
            "activity": str(one.activity),
            "state": one.get_state_display(),
            "signed_up_at": one.created_at,
            "was_there": "; ".join(_was_there(each) for each in one.attendances.all()),
            "seen": "; ".join(
                f"{moment_text(each.happened_at)}, {each.get_kind_display()}" for each in one.scans.all()
            ),
            "corrected": "; ".join(f"{moment_text(each.made_at)}: {each.reason}" for each in one.corrections.all()),
            "answers": ", ".join(str(answer) for answer in one.answers.all()),
        }
        for one in own.select_related("activity").prefetch_related(
            "answers", "attendances__session", "attendances__company", "scans", "corrections"
        )
    ]


def _was_there(attendance):
    session = attendance.session
    when = date_span_text(session.starts_at, session.ends_at, with_year=True)
    words = [when, f"{attendance.minutes} min", attendance.get_role_display(), str(attendance.company or "")]
    return ", ".join(word for word in words if word)


@personal_data(
    "sign_ups_as_guest",
    _("Sign-ups that wait for you to confirm"),
    covers=["events.GuestSignUp.email"],
    labels={"activity": _("Activity"), "written_at": _("Written")},
)
def sign_ups_as_guest(user):
    waiting = GuestSignUp.objects.filter(email__in=confirmed_addresses_of(user)).select_related("activity")
    return [{"activity": str(one.activity), "written_at": one.created_at} for one in waiting]


@personal_data(
    "invited_to",
    _("Activities you are invited to"),
    covers=["events.Invitee.email"],
    labels={"activity": _("Activity")},
)
def invited_to(user):
    return [
        {"activity": str(one.activity)}
        for one in Invitee.objects.filter(email__in=confirmed_addresses_of(user)).select_related("activity")
    ]


@personal_data(
    "feeds",
    _("Calendars you subscribe to"),
    covers=["events.Feed.user"],
    labels={"company": _("Company"), "made_at": _("Made"), "is_open": _("Open")},
)
def feeds(user):
    own = Feed.objects.filter(user=user).select_related("company")
    return [
        {"company": str(one.company or ""), "made_at": one.created_at, "is_open": one.revoked_at is None} for one in own
    ]


@accounts_needed.register
def users_with_coming_activities():
    ahead = Registration.objects.active().filter(user__isnull=False, activity__sessions__ends_at__gt=timezone.now())
    return ahead.values("user")


@erasers.register
def erase(user, address):
    """Erase name, requirements and answers; the registration itself stays for the count.

    The address is the person's also where others have signed up from it: they keep their names and lose the address.
    """
    own = registrations_of(user, [address])
    keys = list(own.values_list("pk", flat=True))
    Requirements.objects.filter(registration__in=keys).delete()
    Answer.objects.filter(registration__in=keys).delete()
    own.exclude(guest_name="").update(guest_name=NAMELESS)
    Registration.objects.filter(Q(pk__in=keys) | Q(email=address)).update(email="")
    Feed.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    erase_address(address)
    rewrite_history(Answer, Q(registration_id__in=keys), text="")
