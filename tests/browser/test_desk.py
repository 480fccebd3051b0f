"""The staff's pages in a real browser: no barrier, light and dark, telephone and desk; Ctrl-K finds by keyboard alone."""

from datetime import date
from functools import partial

import pytest

from events.models import Activity
from members.models import Company, Enquiry, Letter
from tests.browser.test_axe import SIZES, look_at, violations
from tests.factories import make_enquiry, make_series, make_user

STAFF_PAGES = [
    "/admin/", "/admin/search/?q=full", "/admin/members/company/", "/admin/members/enquiry/",
    "/admin/creativenorth/mail/status/", "/admin/members/letter/add/", "/admin/creativenorth/mailtemplate/add/",
]  # fmt: skip


@pytest.fixture
def open_desk(full_portal, open_page_as):
    """A function that opens a tab in which a coordinator is signed in."""
    coordinator = make_user("samordnare@kluster.example", is_staff=True, is_superuser=True)
    make_enquiry()
    return partial(open_page_as, coordinator)


def pages_of_objects():
    """Addresses that take an object's number."""
    enquiry = f"/admin/members/enquiry/{Enquiry.objects.first().pk}"
    company = f"/admin/members/company/{Company.objects.first().pk}"
    letter = f"/admin/members/letter/{Letter.objects.create(subject_sv='Hej {name}', text_sv='Hej').pk}"
    repeated = Activity.objects.get(slug="berattarkvall")
    repeated.series, repeated.series_on = make_series(), date(2027, 3, 16)
    repeated.save()
    activity = f"/admin/events/activity/{repeated.pk}"
    of_company, of_letter = ["change", "history"], ["change", "deliveries"]
    pages = {
        activity: ["change", "repetition"],
        company: of_company,
        letter: of_letter,
        enquiry: ["change", "answer", "company", "history"],
    }
    return [f"{base}/{page}/" for base, names in pages.items() for page in names]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_staff_pages_have_no_barrier(open_desk, dark):
    found = []
    for width, height in SIZES:
        page = open_desk(width, height, dark=dark)
        for path in [*STAFF_PAGES, *pages_of_objects()]:
            found += [f"{width} {problem}" for problem in look_at(page, path)]

    assert found == []


@pytest.mark.parametrize("width", [390, 1440])
def test_no_staff_page_scrolls_sideways(open_desk, width):
    page = open_desk(width, 844)
    wide = []
    for path in [*STAFF_PAGES, *pages_of_objects()]:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)

    assert wide == []


def test_ctrl_k_finds_and_opens_by_keyboard_alone(open_desk):
    page = open_desk()
    page.goto("/admin/")

    page.keyboard.press("Control+k")
    page.keyboard.type("full")
    page.get_by_role("link", name="Full & Fin AB").wait_for()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/members/company/*/change/")

    assert page.locator("#id_name").input_value() == "Full & Fin AB"


def test_the_finder_is_a_plain_search_without_javascript(open_desk):
    page = open_desk(390, 844, java_script_enabled=False)
    page.goto("/admin/")

    page.locator("#finder-q").fill("full")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/search/?q=full")

    assert page.get_by_role("link", name="Full & Fin AB").is_visible()
