"""Cards are kept by their values, and addresses by their arguments."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import override

from creativenorth.drawing import cards
from events.pages.agenda import agenda_row
from tests.factories import make_activity

ROW = "components/_activity_row.html"


def test_card_is_rendered_once_for_like_rows(db):
    session = make_activity("Ljud").sessions.get()

    first, second = (cards.card(ROW, agenda_row(session)) for _ in range(2))

    assert first is second


def test_card_of_other_values_is_another(db):
    row = agenda_row(make_activity("Ljud").sessions.get())

    html = cards.card(ROW, replace(row, title="Bild"))

    assert (">Bild</a>" in html, ">Ljud</a>" in html) == (True, False)


def test_card_marks_a_text_of_the_other_language(db):
    activity = make_activity("Ljud", title_en="", summary_en="Of sound.")
    same_letters = make_activity("Ljud", title_en="Ljud", summary_en="Of sound.", slug=f"{activity.slug}-2")

    with override("en"):
        marked, plain = (
            cards.card(ROW, replace(agenda_row(each.sessions.get()), url="/")) for each in (activity, same_letters)
        )

    assert ('<h3 class="activity__title" lang="sv">' in marked, 'lang="sv"' in plain) == (True, False)


def test_address_is_of_the_active_language():
    for language in ("sv", "en", "sv"):
        with override(language):
            assert cards.path_of("events:activity", "ljud") == reverse("events:activity", args=["ljud"])
