"""axe finds no barrier on any page that is not staff's: both languages, light and dark, phone and desktop."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.pages import LANGUAGES, OWN_PAGES, PUBLIC_PAGES, address

SIZES = [(390, 844), (1440, 900)]
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
SCHEMES = {"light": EVERYTHING, "dark": COLOURS}  # what depends on colour alone is all that is asked twice
# English has other words, not another look: the narrow page in one scheme tells what they change.
OF_LANGUAGE = {"sv": (SIZES, SCHEMES), "en": (SIZES[:1], {"light": EVERYTHING})}


def violations(page, options=EVERYTHING):
    """What axe has against the page as it stands: rule and the first element concerned."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def look_at(page, path, sizes=SIZES, schemes=SCHEMES):
    """What axe has against the page in each size and scheme, and whether it scrolls sideways."""
    response = page.goto(path)
    assert (path, response.status) == (path, 200)
    found = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path} {width} scrolls sideways")
        for scheme, options in schemes.items():
            page.emulate_media(color_scheme=scheme)
            page.evaluate("document.getAnimations().forEach(change => change.finish())")
            found += [f"{path} {width} {scheme} {problem}" for problem in violations(page, options)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_have_no_barrier(full_portal, open_page, language):
    page = open_page()

    found = [look_at(page, address(name, language), *OF_LANGUAGE[language]) for name in PUBLIC_PAGES]
    assert [problem for problems in found for problem in problems] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_pages_have_no_barrier(owner_of_full_portal, open_page_as, language):
    page = open_page_as(owner_of_full_portal)

    found = [look_at(page, address(name, language), *OF_LANGUAGE[language]) for name in OWN_PAGES]
    assert [problem for problems in found for problem in problems] == []


def test_empty_portal_has_no_barrier(portal, open_page):
    page = open_page()

    found = [
        problem
        for name in ("cluster", "members:directory", "events:activities")
        for problem in look_at(page, address(name, "sv"))
    ]

    assert found == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_opened_menu_has_no_barrier(full_portal, open_page, dark):
    page = open_page(390, 844, dark=dark)
    page.goto("/")

    page.get_by_role("button", name="Meny").click()

    assert page.get_by_role("link", name="Företag", exact=True).first.is_visible()
    assert violations(page) == []


@pytest.mark.parametrize("name", ["members:join", "members:contact"])
def test_form_with_errors_has_no_barrier(full_portal, open_page, name):
    page = open_page(390, 844, java_script_enabled=True)
    page.goto(address(name, "sv"))
    page.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")

    page.locator("main form [type=submit]").first.click()
    page.wait_for_load_state()

    assert page.locator("[aria-invalid=true]").count() > 0
    assert violations(page) == []
