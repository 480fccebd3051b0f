"""What of the activities waits on the staff's start page, and which companies have given a sign of life."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from creativenorth.staff.todos import active_since, todos_for
from members.actions.merging.distinct_pairs import mark_as_distinct
from members.models import Company
from tests.factories import make_activity, make_attendance, make_company, make_registration, make_user

pytestmark = pytest.mark.django_db
FAR = timedelta(days=60)
OLD = {"created_at": timezone.now() - timedelta(days=3)}


def lines_of(user):
    """What waits of the activities, without the lines about texts that lack English."""
    lines = [line for line in todos_for(user) if "/english/" not in line.url]
    return [(line.urgency.name, line.figure, line.text, line.detail.partition(" · ")[0]) for line in lines]


def make_taken(title, capacity, taken, waiting=0, **fields):
    activity = make_activity(title, capacity=capacity, starts_in=FAR, title_en="", **fields)
    for state, number in (("confirmed", taken), ("waiting", waiting)):
        for _ in range(number):
            make_registration(activity, state=state, **OLD)
    return activity


def test_activities_nearly_full_are_told_with_what_is_left(staff):
    make_taken("Nästan", 10, 9)
    make_taken("Full", 2, 2, waiting=3)
    make_taken("Gott om plats", 10, 8)
    make_taken("Utan gräns", None, 3)

    assert lines_of(staff) == [
        ("SOON", "1", "plats kvar: Nästan", "snart fullt"),
        ("SOON", "0", "platser kvar: Full", "fullt, 3 väntar"),
    ]


@pytest.mark.parametrize("fields", [{"published": False}, {"cancelled_at": timezone.now(), "cancel_reason_sv": "Sjuk"}])
def test_what_is_not_held_is_not_nearly_full(staff, fields):
    make_taken("Inte nu", 2, 2, **fields)

    assert lines_of(staff) == []


def test_new_sign_ups_are_counted_by_activity(staff):
    activity = make_activity("Fika", starts_in=FAR, title_en="")
    for fields in ({}, {}, OLD, {"state": "cancelled"}):
        make_registration(activity, **fields)

    assert lines_of(staff) == [("LATER", "2", "nya anmälningar", "Fika")]


def test_guests_companies_that_are_likely_here_are_to_be_matched(staff, host):
    member, guest = make_company("Norrsken AB"), make_company("NORRSKEN", member=False, published=False)
    lonely = make_company("Ensam AB", member=False, published=False)
    make_company("Ensam Aktiebolag 2", member=False, published=False)
    activity = make_activity(starts_in=FAR, title_en="")
    for company in (member, guest, lonely):
        make_registration(activity, company=company, **OLD)

    lines = lines_of(staff)
    mark_as_distinct(by=staff, one=guest, two=member)

    assert lines == [("LATER", "1", "gästföretag att para ihop", "NORRSKEN")]
    assert (lines_of(staff), lines_of(host)) == ([], [])


def test_a_day_never_reads_as_seats(staff):
    with time_machine.travel("2026-11-30 09:00:00+01:00", tick=False):
        make_activity("Snart", starts_in=timedelta(days=1), title_en="")
        found = lines_of(staff)

    assert found == [("SOON", "1 dec", "Snart", "tis 1 december, v. 49, 09.00–11.00")]


def test_of_a_series_each_line_has_its_date(staff):
    with time_machine.travel("2026-11-30 09:00:00+01:00", tick=False):
        for days in (60, 67):
            make_registration(make_activity("Fika", starts_in=timedelta(days=days), title_en=""))
        details = {line.detail for line in todos_for(staff) if line.urgency.name == "LATER" and "Fika" in line.detail}

    assert details == {"Fika · fre 29 januari 2027", "Fika · fre 5 februari 2027"}


def test_host_is_told_of_neither(host):
    make_registration(make_taken("Full", 1, 0))

    assert lines_of(host) == []


@pytest.mark.parametrize(("signed_up", "held", "is_alive"), [(-1, -60, True), (-90, -5, True), (-90, -60, False)])
def test_company_lives_that_has_signed_up_or_taken_part(signed_up, held, is_alive):
    now, company = timezone.now(), make_company()
    activity = make_activity(starts_in=timedelta(days=held))
    make_attendance(activity, make_user(), company=company, created_at=now + timedelta(days=signed_up))

    alive = Company.objects.filter(active_since(now - timedelta(days=30)), pk=company.pk)

    assert alive.exists() == is_alive
