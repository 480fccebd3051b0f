"""What a request by htmx shows: on its way, not sent twice, why it failed; and the history of typing in filters."""

import re

import pytest

from members.models import Company
from tests.uploads import picture

PAGE = "/mitt-foretag/?del=summary"
STATE = "[data-request-state]"
WATCHED = """() => {
  const box = document.querySelector("[data-request-state]");
  window.seen = [];
  new MutationObserver(() => window.seen.push(box.textContent.trim())).observe(box, { childList: true, subtree: true });
}"""


@pytest.fixture
def profile(owner_of_full_portal, open_page_as):
    page = open_page_as(owner_of_full_portal)
    page.goto(PAGE)
    page.locator("#summary-tagline_sv").fill("Vi bygger ljud")
    return page


def save(page):
    page.locator("#section-summary button", has_text="Spara").click()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("offline", "Du är inte uppkopplad"),
        ("abort", "Portalen gick inte att nå"),
        ("proxy", "Något gick sönder hos oss"),
    ],
)
def test_a_request_that_fails_says_so_and_what_is_typed_stays(profile, fault, words):
    answers = {
        "abort": lambda route: route.abort(),
        "proxy": lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"),
    }
    if fault == "offline":
        profile.context.set_offline(True)
    else:
        profile.route("**/del/summary/", answers[fault])

    save(profile)

    profile.locator(STATE, has_text=words).wait_for()
    assert profile.locator("#summary-tagline_sv").input_value() == "Vi bygger ljud"
    profile.context.set_offline(False)
    profile.unroute_all()
    save(profile)
    profile.locator("#section-summary .tag", has_text="Sparat").wait_for()
    assert profile.locator(STATE).is_hidden()


def test_a_request_under_way_is_shown_and_not_sent_again(profile):
    sent = []
    profile.route("**/del/summary/", lambda route: sent.append(route))
    save(profile)
    profile.locator(STATE, has_text="Skickar").wait_for()
    form = profile.locator("#section-summary form")

    profile.locator("#section-summary button", has_text="Spara").click(force=True)
    profile.locator("#summary-tagline_sv").press("Enter")

    assert (len(sent), form.get_attribute("aria-busy")) == (1, "true")
    sent[0].continue_()
    profile.locator("#section-summary .tag", has_text="Sparat").wait_for()
    assert (len(sent), profile.locator(STATE).is_hidden()) == (1, True)


def test_a_chosen_picture_is_shown_at_once_and_its_upload_counted(profile):
    profile.goto("/mitt-foretag/?del=pictures")
    field, file = profile.locator("#section-pictures [name=logo]"), picture()
    field.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": file.read()})
    chosen = profile.locator("[data-chosen-picture]")
    chosen.wait_for()
    profile.evaluate(WATCHED)

    profile.locator("#section-pictures button", has_text="Spara").click()

    profile.locator("#section-pictures .tag", has_text="Sparat").wait_for()
    words = profile.evaluate("window.seen")
    assert (chosen.count(), [bool(re.fullmatch(r"Skickar … \d+ %", word)) for word in words]) == (
        0,
        [True] * len(words),
    )
    assert "Skickar … 100 %" in words


def test_typing_replaces_the_entry_in_the_history_and_a_choice_adds_one(full_portal, open_page):
    page = open_page()
    page.goto("/om/")
    page.goto("/foretag/")
    before = page.evaluate("history.length")
    for letter in "full":
        page.locator("#directory-q").press_sequentially(letter)
        page.wait_for_url(f"**/foretag/?*{letter}*")
    typed = page.evaluate("history.length")

    page.locator("select[name=kommun], select").first.select_option(index=1)
    page.wait_for_url(re.compile(r"(sektor|kommun)=\w"))

    assert (typed, page.evaluate("history.length")) == (before, before + 1)
    assert Company.objects.exists()
