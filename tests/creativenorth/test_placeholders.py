"""Placeholders: only declared ones are replaced, and their values can do no harm."""

import pytest
from django.core.exceptions import ValidationError

from creativenorth.text.placeholders import check, fill, harmless, marked

VALUES = {"name": "Nora", "company": "Ny & Co"}


def test_declared_names_are_replaced_and_others_left():
    assert fill("Hej {name} på {company}, {okänd} {name", VALUES) == "Hej Nora på Ny & Co, {okänd} {name"


def test_a_value_never_becomes_a_placeholder():
    assert fill("Hej {name}", {"name": "{company}", "company": "hemlig"}) == "Hej {company}"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Nora\r\nBcc: x@ond.example", "Nora Bcc: x@ond.example"),
        ("Logga in på https://ond.example/x", "Logga in på ond.example/x"),
        ("www.ond.example", "ond.example"),
        ("javascript://alert", "alert"),
        ("\u202eaxel\u200b", "axel"),
        ("a" * 500, "a" * 119 + "…"),
    ],
)
def test_a_value_is_one_short_line_without_an_address(typed, shown):
    assert harmless(typed) == shown


def test_the_preview_escapes_everything_and_marks_what_was_filled_in():
    text = marked("<i>{name}</i> {company} {okänd}", {"name": "<script>", "company": "Ny & Co"})

    assert text == ("&lt;i&gt;<mark>&lt;script&gt;</mark>&lt;/i&gt; <mark>Ny &amp; Co</mark> {okänd}")


def test_an_unknown_name_is_told_with_the_known_ones():
    with pytest.raises(ValidationError) as caught:
        check("Hej {nmae}", VALUES)

    assert caught.value.messages == ["Platshållaren {nmae} finns inte. De här finns: {name}, {company}."]
