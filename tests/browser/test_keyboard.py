"""Everything that leads somewhere can be reached by keyboard, and the focus can be seen."""

import pytest

FOCUSED = "document.activeElement"


def focused(page):
    return page.evaluate(f"{FOCUSED}.innerText?.trim() || {FOCUSED}.getAttribute('aria-label') || {FOCUSED}.id")


def has_visible_focus(page):
    return page.evaluate(
        f"""() => {{
            const box = {FOCUSED}.getBoundingClientRect(), style = getComputedStyle({FOCUSED});
            return box.width > 0 && box.bottom > 0 && box.top < innerHeight
                && (style.outlineStyle !== 'none' || style.boxShadow !== 'none');
        }}"""
    )


@pytest.mark.parametrize("width", [390, 1440])
def test_first_tab_stops_skip_to_content_and_menu(full_portal, open_page, width):
    page = open_page(width, 800)
    page.goto("/")

    page.keyboard.press("Tab")
    first, seen = focused(page), has_visible_focus(page)
    page.keyboard.press("Tab")
    second = focused(page)
    page.keyboard.press("Enter")

    assert (first, seen, second) == ("Gå direkt till innehåll", True, "Gå direkt till menyn")
    assert page.evaluate(f"{FOCUSED}.id") == "menu"


def test_skip_link_leads_past_the_menu(full_portal, open_page):
    page = open_page()
    page.goto("/foretag/")
    page.keyboard.press("Tab")

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate(f"document.querySelector('main').contains({FOCUSED})")


def stops(page, most):
    """What the next tab stops are called, until `most`; each of them must be seen."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        found.append(focused(page))
        assert (found[-1], has_visible_focus(page)) == (found[-1], True)
    return found


def test_tab_order_reaches_menu_and_search(full_portal, open_page):
    page = open_page()
    page.goto("/")

    found = stops(page, 12)

    in_order = ["Företag", "Aktiviteter", "Program", "Om oss", "Bli medlem", "Sök", "English", "Logga in"]
    assert list(dict.fromkeys(name for name in found if name in in_order)) == in_order


def test_menu_opens_and_closes_on_a_telephone_by_keyboard(full_portal, open_page):
    page = open_page(390, 844)
    page.goto("/")
    button = page.get_by_role("button", name="Meny")
    companies = page.locator("#menu").get_by_role("link", name="Företag", exact=True)

    button.focus()
    page.keyboard.press("Enter")
    companies.wait_for(state="visible")
    page.keyboard.press("Escape")
    companies.wait_for(state="hidden")

    assert focused(page) == "Meny"


def test_a_sign_up_that_lacks_something_says_so_where_the_keyboard_is(full_portal, open_page):
    page = open_page(390, 844)
    page.goto("/aktiviteter/berattarkvall/anmalan/")
    page.locator("[name=name]").focus()

    page.keyboard.press("Enter")
    page.locator("[data-error-summary]").wait_for()
    summary = page.evaluate(f"{FOCUSED}.matches('[data-error-summary]')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert (summary, page.evaluate(f"{FOCUSED}.name")) == (True, "name")
    assert page.locator("html").get_attribute("lang") == "sv"
