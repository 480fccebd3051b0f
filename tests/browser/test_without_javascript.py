"""Visitors' main tasks work without JavaScript, on a phone."""

import re

import pytest

from creativenorth.mail.models import Mail
from events.models import Registration
from members.models import Enquiry
from tests.pages import OWN_PAGES, PUBLIC_PAGES, address


@pytest.fixture
def plain_page(full_portal, open_page):
    return open_page(360, 640, java_script_enabled=False)


def test_menu_opens_and_leads_on(plain_page):
    plain_page.goto("/")

    plain_page.get_by_role("button", name="Meny").click()
    plain_page.locator("#menu").get_by_role("link", name="Aktiviteter", exact=True).click()

    assert plain_page.url.endswith("/aktiviteter/")


def test_directory_is_searched(plain_page):
    plain_page.goto("/foretag/")

    plain_page.locator("main [name=q]").fill("full")
    plain_page.keyboard.press("Enter")
    plain_page.wait_for_url("**/foretag/?*q=full*")

    names = plain_page.locator("main").get_by_role("link", name="Full & Fin AB")
    assert names.count() == 1
    assert plain_page.locator("main").get_by_role("link", name="Åkesson 1").count() == 0


def test_company_asks_to_join(plain_page):
    plain_page.goto("/bli-medlem/")

    plain_page.locator("[name=name]").fill("Nora Ny")
    plain_page.locator("[name=email]").fill("nora@ny.example")
    plain_page.locator("[name=company_name]").fill("Ny & Co")
    plain_page.locator("[name=message]").fill("Vi vill vara med.")
    plain_page.locator("main form [type=submit]").click()
    plain_page.wait_for_url("**/tack/**")

    assert list(Enquiry.objects.values_list("kind", "email")) == [("join", "nora@ny.example")]


def test_a_guest_signs_up_and_cancels(plain_page):
    plain_page.goto("/aktiviteter/berattarkvall/anmalan/")
    plain_page.locator("[name=name]").fill("Gun Gäst")
    plain_page.locator("[name=email]").fill("gun@utanfor.example")
    plain_page.locator("main form [type=submit]").click()
    plain_page.wait_for_url("**/skickad/")

    plain_page.goto(re.search(r"http\S+bekrafta-anmalan\S+", Mail.objects.latest("pk").text)[0])
    plain_page.get_by_role("button", name="Ja, anmäl mig").click()
    plain_page.wait_for_url("**/plats/**")
    plain_page.get_by_role("button", name="Jag kan inte komma").click()
    plain_page.get_by_role("button", name="Avboka platsen").click()
    plain_page.get_by_role("heading", name="Du är inte anmäld").wait_for()

    assert list(Registration.objects.filter(guest_name="Gun Gäst").values_list("state", "cause")) == [
        ("cancelled", "by_link")
    ]


def test_no_page_scrolls_sideways(owner_of_full_portal, open_page, open_page_as):
    visitor, owner = open_page(), open_page_as(owner_of_full_portal)
    wide = []
    for name in [*PUBLIC_PAGES, *OWN_PAGES]:
        page = owner if name in OWN_PAGES else visitor
        page.goto(address(name, "sv"))
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 640})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((name, width))

    assert wide == []
