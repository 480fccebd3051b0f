"""How long somebody was there: nights when clocks change, stretches that overlap, passages in any order."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from events.presence import IN, OUT, merged, minutes_of, overlap, stretches_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(clock, day="2027-05-04", fold=0):
    clock = clock.replace(".", ":")
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=STOCKHOLM, fold=fold)


def spans(*texts):
    return [tuple(at(clock) for clock in text.split("-")) for text in texts]


MORNING = spans("09.00-12.00")[0]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (at("18.00", "2027-03-27"), at("12.00", "2027-03-28"), 1020),
        (at("18.00", "2027-10-30"), at("12.00", "2027-10-31"), 1140),
        (at("18.00", "2026-10-24"), at("12.00", "2026-10-25"), 1140),
        (at("01.30", "2027-03-28"), at("04.30", "2027-03-28"), 120),
        (at("01.30", "2027-10-31"), at("04.30", "2027-10-31"), 240),
        (at("02.10", "2027-10-31"), at("02.40", "2027-10-31", fold=1), 90),
        (at("09.00", "2027-03-28"), at("16.00", "2027-03-28"), 420),
    ],
)
def test_a_stretch_is_as_long_as_it_was_where_clocks_change(start, end, minutes):
    assert minutes_of([(start, end)], within=(start, end)) == minutes


def test_joins_that_overlap_count_once_and_within_the_session_alone():
    joins = spans("08.57-09.41", "09.38-10.20", "10.25-12.03", "11.00-11.10")

    assert (minutes_of(joins, within=MORNING), minutes_of(joins)) == (175, 181)
    assert len(merged(joins, within=MORNING)) == 2


def test_two_rooms_at_once_are_one_persons_time_and_seen_as_such():
    room_a, room_b, afternoon = spans("09.00-12.00"), spans("10.00-11.30"), spans("12.00-13.00")

    assert minutes_of(room_a + room_b) == 180
    assert (overlap(room_a, room_b), overlap(room_a, afternoon)) == (True, False)


def test_who_goes_and_comes_back_was_there_in_between_not_at_all():
    passages = [(at("11.20"), IN), (at("09.22"), IN), (at("11.05"), OUT)]

    found = stretches_of(passages, until=at("12.00"))

    assert found == spans("09.22-11.05", "11.20-12.00")
    assert minutes_of(found, within=MORNING) == 143


@pytest.mark.parametrize(
    ("passages", "minutes"),
    [
        ([], 0),
        ([("11.00", OUT)], 0),
        ([("09.00", IN), ("09.30", IN), ("10.00", OUT), ("10.05", OUT)], 65),
        ([("08.00", IN)], 180),
        ([("12.30", IN)], 0),
        ([("10.00", IN), ("10.00", OUT)], 0),
    ],
)
def test_odd_passages_are_reckoned_with(passages, minutes):
    passages = [(at(clock), kind) for clock, kind in passages]

    assert minutes_of(stretches_of(passages, until=at("12.00")), within=MORNING) == minutes


def test_seconds_that_do_not_make_a_minute_do_not_count():
    assert minutes_of([(at("09.00.00"), at("09.10.59")), (at("09.20.00"), at("09.20.59"))]) == 11
