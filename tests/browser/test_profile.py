"""A company's profile in a real browser: two tabs, a double click, a closed tab, and the preview while typing."""

import pytest

from members.models import Company, ProfileVersion
from tests.factories import make_affiliation, make_user
from tests.members.test_profile import values

PAGE = "/mitt-foretag/?del=summary"


@pytest.fixture
def owner(owner_of_full_portal):
    return owner_of_full_portal


@pytest.fixture
def colleague(owner):
    user = make_user("redaktor@full.example", name="Rut Redaktör")
    make_affiliation(user, Company.objects.get(name="Full & Fin AB"), "editor")
    return user


def line(page):
    return page.locator("#summary-tagline_sv")


def save(page):
    page.locator("#section-summary button", has_text="Spara").click()


def drafted():
    return values(Company.objects.get(name="Full & Fin AB"))


def test_saving_a_section_swaps_it_and_the_page_beside_it(owner, open_page_as):
    page, problems = open_page_as(owner), []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(PAGE)
    line(page).fill("Vi bygger ljud")

    save(page)

    page.locator("#section-summary .tag", has_text="Sparat").wait_for()
    page.frame_locator("iframe").locator(".lead", has_text="Vi bygger ljud").wait_for()
    assert (drafted(), problems) == ({"tagline_sv": "Vi bygger ljud"}, [])
    assert page.locator("#profile-state .publish a").inner_text() == "Titta igenom och publicera"
    assert page.evaluate("document.activeElement.innerText").startswith("Sparat")  # the answer is in sight


def test_page_beside_it_shows_what_is_typed_before_it_is_saved(owner, open_page_as):
    page = open_page_as(owner)
    page.goto(PAGE)

    line(page).press_sequentially("Vi bygger mer")

    page.frame_locator("iframe").locator(".lead", has_text="Vi bygger mer").wait_for()
    assert not ProfileVersion.objects.drafts().exists()


def test_second_of_two_people_is_shown_what_changed_and_loses_nothing(owner, colleague, open_page_as):
    mine, theirs = open_page_as(owner), open_page_as(colleague)
    mine.goto(PAGE)
    theirs.goto(PAGE)
    line(theirs).fill("Ljud för film")
    save(theirs)
    theirs.locator("#section-summary .tag", has_text="Sparat").wait_for()
    line(mine).fill("Ljud för spel")

    save(mine)
    mine.locator("#section-summary .conflict").wait_for()
    shown = (line(mine).input_value(), mine.locator(".conflict ins").all_inner_texts())
    save(mine)
    mine.locator("#section-summary .tag", has_text="Sparat").wait_for()

    assert shown == ("Ljud för spel", ["film"])
    assert drafted() == {"tagline_sv": "Ljud för spel"}


def test_two_tabs_of_one_person_change_different_fields(owner, open_page_as):
    first = open_page_as(owner)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(PAGE)
    line(first).fill("Vi bygger ljud")
    save(first)
    first.locator("#section-summary .tag", has_text="Sparat").wait_for()

    second.locator("#summary-tagline_en").fill("We build sound")
    save(second)
    second.locator("#section-summary .tag", has_text="Sparat").wait_for()

    assert drafted() == {"tagline_sv": "Vi bygger ljud", "tagline_en": "We build sound"}


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_double_click_publishes_once(owner, open_page_as, script):
    page = open_page_as(owner, java_script_enabled=script)
    page.goto(PAGE)
    line(page).fill("Vi bygger ljud")
    save(page)
    page.locator("#section-summary .tag", has_text="Sparat").wait_for()
    page.get_by_text("Titta igenom och publicera").first.click()

    page.locator("main").get_by_role("button", name="Publicera").dblclick()
    page.wait_for_url("**/foretag/full-fin-ab/")

    assert page.locator(".lead").first.inner_text() == "Vi bygger ljud"
    assert not ProfileVersion.objects.drafts().exists()


def test_double_click_saves_one_work(owner, open_page_as):
    page = open_page_as(owner, java_script_enabled=False)
    page.goto("/mitt-foretag/nytt-arbete/")
    page.locator("[name=title_sv]").fill("Ljudbok")

    page.locator("main").get_by_role("button", name="Spara").dblclick()
    page.locator("#section-works").wait_for()  # of two answers, the browser drops the first

    works = ProfileVersion.objects.drafts().get().works
    assert works.filter(title_sv="Ljudbok").count() == 1


def test_what_is_typed_survives_a_closed_tab_and_goes_when_saved(owner, open_page_as):
    first = open_page_as(owner)
    first.goto("/mitt-foretag/?del=craft")
    first.locator("#craft-new_skills").fill("Skyltar")
    first.locator("#craft-looking_for_0").uncheck()
    first.close()

    second = first.context.new_page()
    second.goto("/mitt-foretag/?del=summary")
    kept = second.locator("#craft-new_skills").input_value(), second.locator("#craft-looking_for_0").is_checked()
    notices = [second.locator(f"#section-{key} [data-kept-notice]").is_visible() for key in ("craft", "summary")]
    second.locator("#section-craft button", has_text="Spara").click()
    second.locator("#section-craft .tag", has_text="Sparat").wait_for()

    assert (kept, notices) == (("Skyltar", False), [True, False])
    assert drafted()["looking_for"] == ["trainees"]
    assert second.evaluate("Object.keys(localStorage)") == []


def test_what_is_typed_is_not_another_persons_and_goes_with_signing_out(owner, colleague, open_page_as, portal):
    page = open_page_as(owner)
    page.goto(PAGE)
    line(page).fill("Hemligt")
    kept = page.evaluate("Object.keys(localStorage).length")

    page.locator("form[data-forget] button:visible").first.click()
    page.wait_for_url(f"{portal}/")

    assert (kept, page.evaluate("Object.keys(localStorage).length")) == (1, 0)


def test_damaged_or_full_storage_is_no_hindrance(owner, open_page_as):
    page, problems = open_page_as(owner), []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(PAGE)
    line(page).fill("Vi")
    page.evaluate("Object.keys(localStorage).forEach(key => localStorage.setItem(key, '{'))")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")

    line(page).fill("Vi bygger ljud")
    page.reload()
    line(page).fill("Vi bygger ljud")
    save(page)
    page.locator("#section-summary .tag", has_text="Sparat").wait_for()

    assert problems == []


def test_links_in_the_page_beside_it_lead_out_of_its_frame(owner, open_page_as):
    page = open_page_as(owner)
    page.goto(PAGE)

    page.frame_locator("iframe").locator("main .tag-list a").first.click()
    page.wait_for_url("**/foretag/?sektor=*")

    assert page.locator("iframe").count() == 0


def test_first_step_is_done_by_keyboard(owner, open_page_as):
    page = open_page_as(owner)
    page.goto("/mitt-foretag/?del=summary#section-summary")
    line(page).focus()

    page.keyboard.press("Control+A")
    page.keyboard.type("Vi bygger ljud")
    page.keyboard.press("Enter")

    page.locator("#section-summary .tag", has_text="Sparat").wait_for()
    assert drafted() == {"tagline_sv": "Vi bygger ljud"}


def test_saving_forgets_what_this_tab_sent_and_no_more(owner, open_page_as):
    first = open_page_as(owner)
    second = first.context.new_page()
    for page, text in ((first, "Vi bygger ljud"), (second, "Vi bygger film")):
        page.goto(PAGE)
        line(page).fill(text)

    save(first)
    first.locator("#section-summary .tag", has_text="Sparat").wait_for()
    second.reload()

    assert (line(second).input_value(), drafted()) == ("Vi bygger film", {"tagline_sv": "Vi bygger ljud"})


def test_next_new_work_is_empty_and_file_too_large_is_told_at_once(owner, open_page_as):
    page = open_page_as(owner)
    page.goto("/mitt-foretag/nytt-arbete/")
    page.locator("[name=title_sv]").fill("Ljudbok")
    page.locator("main").get_by_role("button", name="Spara").click()
    page.wait_for_url("**/mitt-foretag/?del=works*")

    page.goto("/mitt-foretag/nytt-arbete/")
    page.locator("[name=picture]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"0" * 40_000_001}
    )

    assert page.locator("[name=title_sv]").input_value() == ""
    assert "större än 40 MB" in page.locator("[data-size-error]").inner_text()
    assert page.locator("[name=picture]").evaluate("field => field.files.length") == 0
