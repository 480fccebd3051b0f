"""Organisation numbers: every way to write one, every rule that one can break, and the published vectors."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from creativenorth.text.orgnr import LEGAL_PERSON, parse

LEGAL = ["556016-0680", "202100-5489", "556529-8790", "882601-1549"]
SOLE_TRADERS = ["900101-0017", "850709-9805", "880320-0016"]


def broken_rule(text):
    with pytest.raises(ValidationError) as caught:
        parse(text)
    return caught.value.code


@pytest.mark.parametrize("number", LEGAL)
def test_number_of_a_legal_person(number):
    parsed = parse(number)

    assert (str(parsed), parsed.is_person) == (number, False)


@pytest.mark.parametrize("number", SOLE_TRADERS)
def test_number_of_a_sole_trader_is_a_persons(number):
    parsed = parse(number)

    assert (str(parsed), parsed.is_person, parsed.masked) == (number, True, f"{number[:6]}-****")


def test_right_check_digit_proves_nothing_more():
    assert (str(parse("123456-7897")), parse("123456-7897").is_person) == ("123456-7897", False)


@pytest.mark.parametrize(
    "text",
    [
        "5560160680", "556016-0680", "556016 0680", "165560160680", "16556016-0680", " 556016–0680 ", "SE556016068001",
        "se 556016-0680 01", "SE-5560160680-01", "556\u00a0016\u20110680",
    ],
)  # fmt: skip
def test_one_number_is_written_in_many_ways(text):
    assert str(parse(text)) == "556016-0680"


@pytest.mark.parametrize("text", ["9001010017", "19900101-0017", "199001010017", "900101+0017", "SE900101001701"])
def test_person_number_too(text):
    assert str(parse(text)) == "900101-0017"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "characters"),
        ("okänt", "characters"),
        ("556016-068O", "characters"),
        ("٥٥٦٠١٦٠٦٨٠", "characters"),
        ("556016\0680", "characters"),
        ("SE556016068002", "characters"),
        ("55601606+80", "characters"),
        ("556016-068", "length"),
        ("556016-06800", "length"),
        ("9" * 400, "length"),
        ("195560160680", "prefix"),
        ("556016068001", "prefix"),
        ("169001010017", "prefix"),
        ("556529-8791", "check_digit"),
        ("900101-0018", "check_digit"),
        ("900001-0017", "birth_date"),
        ("901301-0017", "birth_date"),
        ("900230-0017", "birth_date"),
        ("900161-0017", "check_digit"),
        ("900195-0017", "birth_date"),
        ("000000-0000", "birth_date"),
        ("209901010017", "birth_date"),
    ],
)
def test_wrong_number_says_which_rule_it_breaks(text, rule):
    assert broken_rule(text) == rule


def test_the_rule_is_told_in_words():
    with pytest.raises(ValidationError) as length:
        parse("5560-16")
    with pytest.raises(ValidationError) as birth:
        parse("901332-0017")

    assert length.value.messages == ["Ett organisationsnummer har tio siffror, och det här har 6."]
    assert "901332" in birth.value.messages[0]


def test_leap_day_of_one_century_is_enough():
    digits = with_check_digit("000229001")

    assert parse(digits).is_person
    assert broken_rule(f"19{digits}") == "birth_date"


def with_check_digit(nine):
    return nine + luhn.calc_check_digit(nine)


def test_coordination_number_adds_sixty_to_the_day():
    number = parse(with_check_digit("900161001"))

    assert (number.is_person, number.masked) == (True, "900161-****")


@given(nine=st.from_regex(r"[0-9]{2}[2-9][0-9]{6}", fullmatch=True), before=st.sampled_from(["", "16"]))
def test_every_legal_number_comes_back_in_its_normal_form(nine, before):
    digits = with_check_digit(nine)

    assert str(parse(f"{before}{digits}")) == f"{digits[:6]}-{digits[6:]}"
    assert re.fullmatch(LEGAL_PERSON, str(parse(digits)))


@given(nine=st.from_regex(r"[0-9]{9}", fullmatch=True), position=st.integers(0, 9), step=st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine, position, step):
    digits = with_check_digit(nine)
    wrong = digits[:position] + str((int(digits[position]) + step) % 10) + digits[position + 1 :]

    assert broken_rule(wrong) in ("birth_date", "check_digit")


def answer(text):
    try:
        return str(parse(text))
    except ValidationError as error:
        return error.messages[0]


@given(st.text(max_size=40) | st.text(alphabet="0123456789SE-+ ", max_size=14))
def test_whatever_is_typed_gets_a_number_or_a_rule(text):
    assert answer(text)


def test_log_line_never_holds_the_whole_number():
    assert repr(parse("900101-0017")) == "OrganisationNumber(900101-****)"
