"""What time does: offers run out, reminders reach those they concern and nobody else, requirements are erased."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions.cancellation import BY_LINK, cancel
from events.actions.housekeeping import erase_expired, send_reminders, settle_all
from events.actions.signup import Attendee, Details, sign_up
from events.models import Activity, Registration, Requirements
from events.notification_kinds import REMINDER
from members.hooks.notifications import switch_notification
from tests import factories
from tests.events.seats import join, make_course, person, states

pytestmark = pytest.mark.django_db


def reminders():
    return sorted(Mail.objects.filter(cause__contains=":reminder:").values_list("to", flat=True))


def test_an_offer_that_runs_out_goes_to_the_next():
    course = make_course(1)
    first, _, _ = (join(course) for _ in range(3))
    cancel(first, by=BY_LINK)

    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        settle_all()

    assert states(course) == ["cancelled", "declined", "offered"]


def test_a_reminder_goes_once_to_each_who_has_a_seat_and_to_nobody_else():
    course = make_course(2)
    first, second, _waiting = (join(course) for _ in range(3))
    cancel(second, by=BY_LINK)

    for hours in (30 * 24 - 25, 30 * 24 - 23, 30 * 24 - 22):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            send_reminders()

    assert reminders() == [first.address]


@pytest.mark.parametrize(
    ("hours_left", "reminded"), [(80, []), (71, ["early"]), (4, ["early"]), (2, ["early", "late"])]
)
def test_each_activity_reminds_as_long_before_as_staff_have_set(hours_left, reminded):
    rows = {
        "early": join(make_course(2, remind_hours=72)),
        "late": join(make_course(2, remind_hours=3)),
        "never": join(make_course(2, remind_hours=0)),
    }

    starts_at = min(row.activity.sessions.get().starts_at for row in rows.values())
    for _ in range(2):
        with time_machine.travel(starts_at - timedelta(hours=hours_left)):
            send_reminders()

    assert reminders() == sorted(rows[name].address for name in reminded)


def test_who_has_just_signed_up_is_not_reminded_of_it():
    join(make_course(2, starts_in=timedelta(hours=20)))

    send_reminders()

    assert reminders() == []


@pytest.mark.parametrize("fields", [{"remind_hours": 0}, {"cancelled_at": timezone.now(), "cancel_reason_sv": "Sjuk"}])
def test_no_reminder_of_what_is_off_or_wants_none(fields):
    course = make_course(2)
    join(course)
    Activity.objects.filter(pk=course.pk).update(**fields)

    with time_machine.travel(timezone.now() + timedelta(days=29, hours=12)):
        send_reminders()

    assert reminders() == []


def test_requirements_are_erased_on_the_day_set_and_at_once_with_the_registration():
    course = make_course(2, requirements_kept_days=14)
    people = [person() for _ in range(2)]
    rows = [
        sign_up(
            course,
            attendees=[Attendee.for_user(who)],
            mode="on_site",
            idempotency_key=uuid4(),
            by=who,
            details=Details(diet=["vegan"]),
        )[0]
        for who in people
    ]
    cancel(rows[0], by=BY_LINK)
    assert list(Requirements.objects.values_list("registration", flat=True)) == [rows[1].pk]

    noon = timezone.localtime(course.sessions.get().ends_at).replace(hour=12)
    for days, left in ((14, 1), (15, 0)):
        with time_machine.travel(noon + timedelta(days=days)):
            erase_expired()
            assert (days, Requirements.objects.count()) == (days, left)


def test_a_reminder_can_be_switched_off_in_the_mail_and_the_seat_stays():
    course = make_course(3)
    willing, unwilling = join(course), join(course)
    switch_notification(unwilling.user, REMINDER, on=False)
    guest_seat = factories.make_registration(course)
    Registration.objects.filter(pk=guest_seat.pk).update(changed_at=timezone.now() - timedelta(days=1))

    with time_machine.travel(timezone.now() + timedelta(hours=30 * 24 - 23)):
        send_reminders()

    mails = {mail.to: bool(mail.unsubscribe_url) for mail in Mail.objects.filter(cause__contains=":reminder:")}
    assert mails == {willing.address: True, guest_seat.address: False}
    assert states(course) == ["confirmed"] * 3
