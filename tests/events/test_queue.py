"""Who is next, on plain values: policy, staff's order, parties, limits, and how long a seat is held."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from events.waiting_list import Party, Rules, held_until, in_order, last_offer_at, next_party, obstacle

START = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def party(number, *, companies=(), size=1, **fields):
    values = {"queued_at": START + number * HOUR} | fields
    return Party(key=UUID(int=number), size=size, companies=Counter(companies), **values)


def numbers(parties):
    return [each.key.int for each in parties]


def test_first_come_first_served():
    waiting = [party(3), party(1), party(2)]

    assert numbers(in_order(waiting, Rules())) == [1, 2, 3]


def test_time_decides_before_the_key_and_the_key_where_times_are_the_same():
    late, early = party(1, queued_at=START + HOUR), party(2, queued_at=START)
    twin = party(3, queued_at=START)

    for waiting in ([late, early, twin], [twin, early, late], [early, late, twin]):
        assert numbers(in_order(waiting, Rules())) == [2, 3, 1]


def test_the_target_group_has_no_advantage_where_the_policy_gives_none():
    waiting = [party(1), party(2, is_of_target_group=True)]

    for policy in ("first_come", "new_companies"):
        assert numbers(in_order(waiting, Rules(policy=policy))) == [1, 2]


def test_companies_without_a_seat_come_first_and_people_without_a_company_do_not():
    waiting = [party(1, companies=["a"]), party(2), party(3, companies=["b"]), party(4, companies=["a", "b"], size=2)]

    assert numbers(in_order(waiting, Rules(policy="new_companies", held=Counter(a=1)))) == [3, 1, 2, 4]


def test_the_target_group_comes_first():
    waiting = [party(1), party(2, is_of_target_group=True)]

    assert numbers(in_order(waiting, Rules(policy="target_group"))) == [2, 1]


def test_what_staff_have_placed_stands_before_policy_and_time():
    waiting = [party(1, is_of_target_group=True), party(2, rank=2), party(3, rank=1)]

    assert numbers(in_order(waiting, Rules(policy="target_group"))) == [3, 2, 1]


def test_a_party_waits_as_a_unit_and_keeps_its_position_when_passed_over():
    pair, single = party(1, size=2), party(2)

    assert next_party([pair, single], 1, Rules()) == single
    assert next_party([pair, single], 2, Rules()) == pair
    assert numbers(in_order([pair, single], Rules())) == [1, 2]


@pytest.mark.parametrize(
    ("waiting", "free", "expected"),
    [
        (party(1), 1, ""),
        (party(1), None, ""),
        (party(1, is_approved=False), 5, "approval"),
        (party(1, size=3), 2, "size"),
        (party(1, companies=["a"]), 2, "company"),
        (party(1, companies=["b", "b"], size=2), 2, ""),
        (party(1, companies=["b", "b", "b"], size=3), 9, "company"),
    ],
)
def test_what_stands_in_the_way(waiting, free, expected):
    assert obstacle(waiting, free, Rules(company_limit=2, held=Counter(a=2))) == expected


def test_nobody_is_next_when_nothing_is_free():
    assert next_party([party(1)], 0, Rules()) is None


@pytest.mark.parametrize(
    ("before_start", "held"),
    [
        (timedelta(days=30), 24 * HOUR),
        (timedelta(hours=74), 24 * HOUR),
        (timedelta(hours=38), 12 * HOUR),
        (timedelta(hours=5), HOUR),
        (timedelta(minutes=150), timedelta(minutes=15)),
        (timedelta(minutes=135), timedelta(minutes=15)),
    ],
)
def test_a_seat_is_held_for_less_time_near_the_start_and_never_after_the_cutoff(before_start, held):
    now, cutoff = START - before_start, 2 * HOUR

    until = held_until(now, START, hold=24 * HOUR, cutoff=cutoff)

    assert until == now + held
    assert until <= START - cutoff


@pytest.mark.parametrize("hold", [HOUR, 24 * HOUR, 24 * 14 * HOUR])
@pytest.mark.parametrize("cutoff", [0 * HOUR, 2 * HOUR, 24 * 14 * HOUR])
@pytest.mark.parametrize("earlier", [timedelta(0), timedelta(seconds=1), timedelta(minutes=44), 2 * HOUR, 900 * HOUR])
def test_no_offer_is_held_beyond_the_cutoff_the_last_one_to_it(hold, cutoff, earlier):
    last = last_offer_at(START, cutoff)

    until = held_until(last - earlier, START, hold=hold, cutoff=cutoff)

    assert until <= START - cutoff
    assert (until == START - cutoff) == (earlier == timedelta(0))


def test_the_last_offer_leaves_a_quarter_of_an_hour_to_answer():
    assert last_offer_at(START, 2 * HOUR) == START - timedelta(minutes=135)
