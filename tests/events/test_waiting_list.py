"""Who gets a seat that becomes free: parties, policies, limits, approval, and what staff put in order."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions.activities import cancel_activity
from events.actions.cancellation import BY_LINK, accept, cancel
from events.actions.own_changes import switch_mode
from events.actions.participants import approve, set_queue_position, turn_down
from events.actions.seats import Seats, settle_activity
from events.actions.signup import Attendee, sign_up
from events.models import Activity, Registration
from tests.events.seats import faults, guest, join, join_together, make_course, person, states
from tests.factories import make_company

pytestmark = pytest.mark.django_db


def test_a_party_waits_and_is_offered_seats_as_a_unit():
    course = make_course(2)
    first, second = join(course), join(course)
    pair = join_together(course, 2)
    cancel(first, by=first.user)
    assert [row.state for row in Registration.objects.filter(party=pair[0].party)] == ["waiting", "waiting"]

    cancel(second, by=second.user)
    accept(pair[0], by=BY_LINK)

    assert [row.state for row in Registration.objects.filter(party=pair[0].party)] == ["confirmed", "confirmed"]


def test_a_single_may_pass_a_party_that_does_not_fit():
    course = make_course(2)
    first = join(course)
    join(course), join_together(course, 2), join(course)

    cancel(first, by=first.user)

    assert states(course) == ["cancelled", "confirmed", "waiting", "waiting", "offered"]


def test_companies_without_a_seat_come_first():
    course = make_course(1, policy="new_companies")
    with_seat, without = make_company(), make_company()
    first = join(course, person(with_seat))
    extra = join(course, person(with_seat))
    join(course, person(without))
    Activity.objects.filter(pk=course.pk).update(capacity=2)

    settle_activity(course)

    assert states(course) == ["confirmed", "waiting", "offered"]
    assert (first.company, extra.company) == (with_seat, with_seat)


def test_the_target_group_comes_first():
    course = make_course(1, policy="target_group", target_groups=["manager"])
    company = make_company()
    first = join(course)
    join(course, person(company, target_group="creator"))
    join(course, person(company, target_group="manager"))

    cancel(first, by=first.user)

    assert states(course) == ["cancelled", "waiting", "offered"]


def test_a_party_is_of_the_target_group_when_all_in_it_are():
    course = make_course(1, policy="target_group", target_groups=["manager"])
    join(course)
    pair = [guest(target_group="manager"), Attendee(name="Följe", target_group="creator")]
    sign_up(course, attendees=pair, mode="on_site", idempotency_key=uuid4(), together=True)
    join(course, person(make_company(), target_group="manager"))

    found = Seats(course).in_order("on_site")

    assert [(party.size, party.is_of_target_group) for party in found] == [(1, True), (2, False)]


def test_an_offer_ends_at_its_very_moment():
    course = make_course(1)
    first, second = join(course), join(course)
    cancel(first, by=first.user)
    second.refresh_from_db()

    settle_activity(course, now=second.held_until)

    assert states(course) == ["cancelled", "declined"]


def test_who_would_rather_come_the_other_way_is_no_more_of_their_company():
    course = make_course(1, mode="hybrid", online_capacity=1, company_limit=1)
    online = join(course, mode="online")
    site = join(course, person(make_company()))
    switch_mode(site, by=site.user, mode="online")

    cancel(online, by=online.user)

    site.refresh_from_db()
    assert (site.mode, site.state) == ("online", "confirmed")


def test_a_company_has_no_more_than_its_limit_and_waits_for_its_own():
    course = make_course(3, company_limit=1)
    company = make_company()
    first, second = join(course, person(company)), join(course, person(company))
    assert (first.state, second.state, faults(course)) == ("confirmed", "waiting", [])

    cancel(first, by=first.user)

    assert states(course) == ["cancelled", "offered"]


def test_nobody_has_a_seat_before_staff_have_said_yes(staff):
    course = make_course(1, needs_approval=True)
    first, second, third = (join(course) for _ in range(3))

    approve(second, by=staff)
    approve(first, by=staff)
    turn_down(third, by=staff, reason="Bara för spelbolag")

    assert states(course) == ["waiting", "confirmed", "declined"]
    cancel(second, by=second.user)
    assert states(course) == ["offered", "cancelled", "declined"]


def test_staff_reorder_the_queue_with_a_reason(staff):
    course = make_course(1)
    first, second, _third, fourth = (join(course) for _ in range(4))
    with pytest.raises(ValidationError):
        set_queue_position(fourth, by=staff, queue_position=1, reason=" ")

    set_queue_position(fourth, by=staff, queue_position=2, reason="Föreläser på kvällen")
    cancel(first, by=first.user)
    cancel(second, by=second.user)

    assert states(course) == ["cancelled", "cancelled", "waiting", "offered"]
    ranks = Registration.objects.order_by("pk").values_list("rank", "reason")
    assert list(ranks) == [(None, ""), (1, ""), (None, ""), (2, "")]


def test_a_cancelled_activity_offers_nothing_while_it_is_called_off(staff):
    """An offer has run out unseen: its seat goes to nobody, and whoever waits gets one mail, of the cancellation."""
    course = make_course(1)
    late = join(course)
    waiting = join(course)
    Registration.objects.filter(pk=late.pk).update(state="offered", held_until=timezone.now())
    Mail.objects.all().delete()

    cancel_activity(course, by=staff, reason_sv="Sjukdom")

    assert states(course) == ["declined", "cancelled"]
    assert [mail.subject for mail in Mail.objects.filter(to=waiting.address)] == [f"Inställt: {course.title_sv}"]


@pytest.mark.parametrize("published_at", [None, timedelta(days=1)])
def test_an_activity_that_nobody_sees_yet_offers_nothing(staff, published_at):
    course = make_course(1)
    first, second = join(course), join(course)
    Activity.objects.filter(pk=course.pk).update(published_at=published_at and timezone.now() + published_at)
    course.refresh_from_db()

    cancel(first, by=staff)

    second.refresh_from_db()
    assert second.state == "waiting"
