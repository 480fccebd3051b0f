"""On which dates an activity comes back, and which moment an hour of the clock is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from creativenorth.dates.swedish_days import day_text, holiday, moment
from events.recurrence import MAX_DATES, MAX_WEEKS_BETWEEN, Rule, frequencies_for, is_last, ordinal, rule_text


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (Rule("weekly", date(2027, 3, 16), count=3), ["03-16", "03-23", "03-30"]),
        (Rule("weekly", date(2027, 3, 16), interval=3, until=date(2027, 5, 1)), ["03-16", "04-06", "04-27"]),
        (Rule("monthly", date(2027, 3, 9), count=3), ["03-09", "04-13", "05-11"]),
        (Rule("last", date(2027, 1, 29), count=4), ["01-29", "02-26", "03-26", "04-30"]),
        (Rule("chosen", date(2027, 3, 9), count=4), ["03-09"]),
    ],
)
def test_rule_gives_its_dates(rule, days):
    assert [f"{day:%m-%d}" for day in rule.dates()] == days


def fits(rule, day):
    """Does the rule come back on that day? Of each day alone: no counting on from the one before."""
    weeks, is_other_weekday = divmod((day - rule.starts_on).days, 7)
    if is_other_weekday:
        return False
    return {
        "weekly": weeks % rule.interval == 0,
        "monthly": ordinal(day) == ordinal(rule.starts_on),
        "last": is_last(day),
        "chosen": weeks == 0,
    }[rule.frequency]


@settings(deadline=None)
@given(
    starts_on=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    frequency=st.sampled_from(["weekly", "monthly", "last", "chosen"]),
    interval=st.integers(1, MAX_WEEKS_BETWEEN),
    count=st.none() | st.integers(1, MAX_DATES + 5),
    length=st.none() | st.integers(0, 3000),
)
def test_rule_gives_every_day_that_fits_and_no_other(starts_on, frequency, interval, count, length):
    assume(frequency in frequencies_for(starts_on))
    until = None if length is None else starts_on + timedelta(days=length)
    rule = Rule(frequency, starts_on, interval, until, count)

    longest = MAX_DATES * MAX_WEEKS_BETWEEN * 7
    days = (starts_on + timedelta(days=number) for number in range(longest + 1))
    fitting = [day for day in days if fits(rule, day) and (until is None or day <= until)]
    assert rule.dates() == fitting[: min(count or MAX_DATES, MAX_DATES)]


def test_no_rule_goes_on_for_ever():
    assert len(Rule("weekly", date(2027, 1, 1), until=date(2099, 1, 1)).dates()) == MAX_DATES


@pytest.mark.parametrize(
    ("day", "frequencies"),
    [
        (date(2027, 3, 9), ["weekly", "monthly", "chosen"]),
        (date(2027, 2, 26), ["weekly", "monthly", "last", "chosen"]),
        (date(2027, 1, 29), ["weekly", "last", "chosen"]),
    ],
)
def test_a_month_has_not_always_a_fifth_friday(day, frequencies):
    assert frequencies_for(day) == frequencies


@pytest.mark.parametrize(
    ("rule", "swedish", "english"),
    [
        (Rule("weekly", date(2027, 3, 9)), "varje vecka på tisdagar", "every week on a Tuesday"),
        (Rule("weekly", date(2027, 3, 9), interval=2), "var 2:e vecka på tisdagar", "every 2 weeks on a Tuesday"),
        (Rule("monthly", date(2027, 3, 9)), "varje månad, andra tisdagen", "every month, the second Tuesday"),
        (Rule("last", date(2027, 2, 26)), "varje månad, sista fredagen", "every month, the last Friday"),
    ],
)
def test_rule_in_words(rule, swedish, english):
    assert rule_text(rule) == swedish
    with translation.override("en"):
        assert rule_text(rule) == english


@pytest.mark.parametrize(("day", "hour"), [(date(2027, 3, 27), 9), (date(2027, 3, 28), 8), (date(2027, 10, 31), 9)])
def test_ten_is_ten_on_either_side_of_the_change(day, hour):
    assert moment(day, time(10)) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "code", "words"),
    [
        (date(2027, 3, 28), "no_such_time", "02.30 finns inte sön 28 mars 2027"),
        (date(2027, 10, 31), "ambiguous_time", "02.30 kommer två gånger sön 31 oktober 2027"),
    ],
)
def test_half_past_two_at_the_change_is_refused(day, code, words):
    with pytest.raises(ValidationError) as refused:
        moment(day, time(2, 30))

    assert refused.value.code == code
    assert refused.value.messages[0].startswith(words)


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        (date(2027, 3, 26), "Långfredagen", "Good Friday"),
        (date(2027, 6, 25), "Midsommarafton", "Midsummer Eve"),
        (date(2027, 11, 6), "Alla helgons dag", "All Saints' Day"),
        (date(2027, 3, 21), "", ""),
    ],
)
def test_days_off_have_a_name(day, swedish, english):
    assert holiday(day) == swedish
    with translation.override("en"):
        assert holiday(day) == english


def test_day_in_words_names_week_and_holiday():
    assert day_text(date(2027, 3, 26)) == "fre 26 mars 2027, v. 12 · Långfredagen"
