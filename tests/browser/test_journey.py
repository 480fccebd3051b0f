"""From the invitation's mail to a complete public page: clicks and keys are counted."""

from urllib.parse import urlsplit

import pytest

from creativenorth.mail.models import Mail
from members.actions.invitations import invite
from tests.factories import make_company, make_sector, make_skill, make_user
from tests.uploads import picture

CLICKS, KEYS, FILES = 32, 9, 3  # keys besides the company's own words
WORDS = {
    "summary-tagline_sv": "Vi bygger spel som känns",
    "summary-tagline_en": "We build games that move you",
    "story-description_sv": "Sju personer i Piteå som gör berättande spel.",
    "story-description_en": "Seven people in Piteå who make narrative games.",
    "contact-website": "nytt.example",
    "pictures-cover_alt_sv": "Sju personer runt ett bord",
    "title_sv": "Isbrytaren",
    "alt_sv": "Ett fartyg i packis",
}


class Hand:
    """Does what a person does, and counts it."""

    def __init__(self, page):
        self.page, self.clicks, self.keys, self.words, self.files = page, 0, 0, 0, 0

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
    make_sector(), make_skill()
    company = make_company("Nytt AB", published=False, tagline_sv="", tagline_en="")
    invite(by=make_user(is_staff=True, is_superuser=True), company=company, email="nora@nytt.example", role="owner")
    line = next(line for line in Mail.objects.get().text.splitlines() if "/inbjudan/" in line)
    return urlsplit(line).path


def pick(hand, target, kind):
    """Choose a file: the click is counted, what is done in the device's own window is not."""
    hand.files += 1
    with hand.page.expect_file_chooser() as chooser:
        hand.click(target)
    file = picture()
    chooser.value.set_files({"name": f"{kind}.png", "mimeType": "image/png", "buffer": file.read()})


def section(hand, key):
    """The section, opened if it is not."""
    opened = hand.page.locator(f"#section-{key}")
    if opened.get_attribute("open") is None:
        hand.click(opened.locator("summary"))
    return opened


def save(hand, opened):
    hand.click(opened.get_by_role("button", name="Spara", exact=True))
    opened.locator(".tag", has_text="Sparat").wait_for()


def write_words(hand):
    for key in ("summary", "story", "craft", "contact"):
        opened = section(hand, key)
        for field in (name for name in WORDS if name.startswith(f"{key}-")):
            hand.write(hand.page.locator(f"#{field}"), WORDS[field], own=True)
        for name in ("Spelutveckling", "Berättande") if key == "craft" else ():
            hand.click(opened.get_by_label(name))
        save(hand, opened)


def say_where(hand):
    opened = section(hand, "place")
    hand.clicks, hand.keys = hand.clicks + 1, hand.keys + 2
    opened.locator("select").first.select_option(label="Piteå")  # opened by a click, found by its first two letters
    save(hand, opened)


def show_pictures(hand):
    page, opened = hand.page, section(hand, "pictures")
    pick(hand, opened.locator("[name=logo]"), "logotyp")
    pick(hand, opened.locator("[name=cover]"), "stor")
    hand.write(page.locator("#pictures-cover_alt_sv"), WORDS["pictures-cover_alt_sv"], own=True)
    save(hand, opened)
    hand.click(section(hand, "works").get_by_role("link", name="Lägg till ett arbete"))
    hand.write(page.locator("[name=title_sv]"), WORDS["title_sv"], own=True)
    pick(hand, page.locator("[name=picture]"), "arbete")
    hand.write(page.locator("[name=alt_sv]"), WORDS["alt_sv"], own=True)
    hand.click(page.locator("main").get_by_role("button", name="Spara"))
    page.wait_for_url("**/mitt-foretag/?del=works*")


def test_invited_owner_reaches_a_complete_public_page_in_few_clicks(link, open_page):
    hand = Hand(page := open_page())
    page.goto(link)
    hand.write(page.get_by_label("Ditt namn"), "Nora Ny")
    hand.click(page.get_by_role("button", name="Tacka ja"))
    page.wait_for_url("**/mitt-foretag/**")

    write_words(hand)
    show_pictures(hand)
    say_where(hand)
    complete = page.locator(".progress__number").inner_text()
    hand.click(page.get_by_role("link", name="Titta igenom och publicera"))
    hand.click(page.get_by_role("button", name="Publicera", exact=True))
    page.wait_for_url("**/foretag/nytt-ab/")

    assert (complete, page.get_by_text(WORDS["summary-tagline_sv"]).count()) == ("100 %", 1)
    assert (hand.clicks, hand.keys, hand.files, hand.words) == (CLICKS, KEYS, FILES, sum(map(len, WORDS.values())))
