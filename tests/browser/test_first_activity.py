"""A new member of staff publishes a first activity; the time that a person would need is computed."""

from datetime import timedelta

from django.utils import timezone

from events.models import Activity
from tests.factories import make_user

KEY, POINT, THINK = 0.28, 1.1, 1.35  # seconds: keystroke-level model, for somebody who types at an average pace
MOST_SECONDS, MOST_CLICKS, MOST_KEYS = 90, 8, 20  # keys besides the activity's own words; the promise is three minutes


class Newcomer:
    """Points at what has the name that it looks for, writes, and thinks before each of it."""

    def __init__(self, page):
        self.page, self.clicks, self.keys, self.words, self.thoughts = page, 0, 0, 0, 0

    def click(self, role, name):
        self.thoughts += 1
        self.clicks += 1
        self.page.get_by_role(role, name=name, exact=True).click()

    def write(self, label, text, *, own=False):
        """`own` are words that nobody could spare the person."""
        self.thoughts += 1
        self.clicks += 1
        field = self.page.get_by_label(label, exact=True).filter(visible=True)
        field.click(position={"x": 16, "y": 16})  # where one begins to write, also in a date
        field.press_sequentially(text)
        self.words += len(text) if own else 0
        self.keys += 0 if own else len(text)

    @property
    def seconds(self):
        return (self.keys + self.words) * KEY + self.clicks * POINT + self.thoughts * THINK


def test_first_activity_is_public_well_within_three_minutes(full_portal, open_page_as):
    page = open_page_as(make_user("ny@kluster.example", is_staff=True, is_superuser=True))
    page.goto("/admin/")
    newcomer, day = Newcomer(page), timezone.localdate() + timedelta(days=30)

    newcomer.click("link", "Ny: Aktiviteter")
    newcomer.write("Rubrik på svenska", "Ljud för film", own=True)
    newcomer.write("Sammanfattning på svenska", "En eftermiddag om ljud, för dig som klipper film.", own=True)
    newcomer.write("Datum", f"{day:%m%d%Y}")
    newcomer.click("button", "Spara och publicera")
    page.get_by_text("Aktiviteten är publicerad.").wait_for()
    with page.expect_popup() as opened:
        newcomer.click("link", "Se sidan på svenska (ny flik)")

    assert opened.value.get_by_role("heading", level=1).inner_text() == "Ljud för film"
    assert Activity.objects.get(title_sv="Ljud för film").is_public
    assert newcomer.seconds < MOST_SECONDS, newcomer.seconds
    assert (newcomer.clicks <= MOST_CLICKS, newcomer.keys <= MOST_KEYS) == (True, True)
