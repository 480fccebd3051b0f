"""From the mail with the invitation to a public page that says what matters: how much it takes, counted."""

from urllib.parse import urlsplit

import pytest

from creativenorth.models import Mail
from members.actions.invitations import invite
from members.models import Company
from tests.factories import make_company, make_sector, make_user

MOST_CLICKS, MOST_KEYS = 15, 7  # keys besides the company's own words
WORDS = {
    "summary-tagline_sv": "Vi bygger spel som känns",
    "story-description_sv": "Sju personer i Piteå som gör berättande spel.",
    "contact-website": "nytt.example",
}


class Hand:
    """Does what a person does, and counts it."""

    def __init__(self, page):
        self.page, self.clicks, self.keys, self.words = page, 0, 0, 0

    def click(self, target):
        self.clicks += 1
        target.click()

    def write(self, target, text, *, own=False):
        """`own` are words that nobody could spare the person."""
        self.click(target)
        target.press_sequentially(text)
        self.words += len(text) if own else 0
        self.keys += 0 if own else len(text)


@pytest.fixture
def link(portal):
    """The invitation of the owner of a company that staff have made, as it came by mail."""
    make_sector()
    company = make_company("Nytt AB", published=False, tagline_sv="", tagline_en="")
    invite(by=make_user(is_staff=True, is_superuser=True), company=company, email="nora@nytt.example", role="owner")
    line = next(line for line in Mail.objects.get().text.splitlines() if "/inbjudan/" in line)
    return urlsplit(line).path


def fill(hand, section, *fields):
    fold = hand.page.locator(f"#section-{section}")
    if fold.get_attribute("open") is None:
        hand.click(fold.locator("summary"))
    for field in fields:
        hand.write(hand.page.locator(f"#{field}"), WORDS[field], own=True)
    if section == "craft":
        hand.click(fold.get_by_label("Spelutveckling"))
    hand.click(fold.get_by_role("button", name="Spara", exact=True))
    fold.locator(".tag", has_text="Sparat").wait_for()


def test_invited_owner_reaches_a_public_page_in_few_clicks(link, open_page):
    hand = Hand(page := open_page())
    page.goto(link)
    hand.write(page.get_by_label("Ditt namn"), "Nora Ny")
    hand.click(page.get_by_role("button", name="Tacka ja"))
    page.wait_for_url("**/mitt-foretag/**")

    fill(hand, "summary", "summary-tagline_sv")
    fill(hand, "story", "story-description_sv")
    fill(hand, "craft")
    fill(hand, "contact", "contact-website")
    hand.click(page.get_by_role("link", name="Titta igenom och publicera"))
    hand.click(page.get_by_role("button", name="Publicera", exact=True))
    page.wait_for_url("**/foretag/nytt-ab/")

    assert (Company.objects.get().published_at is not None, page.get_by_text(WORDS["summary-tagline_sv"]).count()) == (
        True,
        1,
    )
    assert (hand.clicks <= MOST_CLICKS, hand.keys <= MOST_KEYS) == (True, True)
