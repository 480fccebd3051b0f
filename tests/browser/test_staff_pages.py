"""Staff's pages in a real browser: no barrier, light and dark, phone and desktop; Ctrl-K search by keyboard."""

from datetime import date
from functools import partial

import pytest

from events.models import Activity
from members.models import Company, Enquiry, Letter
from tests.browser.test_axe import look_at, violations
from tests.factories import make_attendance, make_enquiry, make_registration, make_series, make_user

STAFF_PAGES = [
    "/admin/",
    "/admin/search/?q=full",
    "/admin/members/company/",
    "/admin/members/enquiry/",
    "/admin/creativenorth/mail/status/",
    "/admin/members/letter/add/",
    "/admin/creativenorth/mailtemplate/add/",
]


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
    return [f"{base}/{page}/" for base, names in pages.items() for page in names] + pages_of_seats()


def pages_of_seats():
    """The list of an activity that is over, who was there, and writing to those who were not."""
    past = Activity.objects.get(title_sv="Inspelad")
    if not past.registrations.exists():
        make_attendance(past)
        make_registration(past)
    of_list, session = "/admin/events/registration", past.sessions.get()
    return [
        f"{of_list}/?activity__id__exact={past.pk}",
        f"{of_list}/attendance/{session.pk}/",
        f"{of_list}/attendance/{session.pk}/closing/",
    ]


def test_staff_pages_have_no_barrier(open_desk):
    page = open_desk()

    assert [problem for path in [*STAFF_PAGES, *pages_of_objects()] for problem in look_at(page, path)] == []


def test_ctrl_k_finds_and_opens_by_keyboard_alone(open_desk):
    page = open_desk()
    page.goto("/admin/")

    page.keyboard.press("Control+k")
    page.keyboard.type("full")
    page.get_by_role("link", name="Full & Fin AB").wait_for()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/members/company/*/card/")

    assert page.locator("h1", has_text="Full & Fin AB").count() == 1


def test_the_finder_is_a_plain_search_without_javascript(open_desk):
    page = open_desk(390, 844, java_script_enabled=False)
    page.goto("/admin/")

    page.locator("#finder-q").fill("full")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/search/?q=full")

    assert page.get_by_role("link", name="Full & Fin AB").is_visible()


@pytest.mark.parametrize("width", [1280, 1366])
def test_nothing_covers_the_heading_and_no_row_is_cut_off(open_desk, width):
    activity = Activity.objects.get(slug="berattarkvall")
    Activity.objects.filter(pk=activity.pk).update(title_sv="En kväll om berättande, ljud och bild i hela Norrbotten")
    activity.questions.create(text_sv="Kommer du?")
    page = open_desk(width, 800)

    page.goto(f"/admin/events/activity/{activity.pk}/change/")
    page.locator("details.form-section").evaluate_all("all => all.forEach(each => each.open = true)")

    covered = """[...document.querySelectorAll("#content h1, #content > h2")].filter(heading => {
        const at = heading.getBoundingClientRect();
        return [...document.querySelectorAll(".object-tools li")].some(tool => {
            const tools = tool.getBoundingClientRect();
            return tools.top < at.bottom && tools.bottom > at.top && tools.left < at.right && tools.right > at.left;
        });
    }).length"""
    cut_off = """[...document.querySelectorAll("#questions-group tr.has_original :is(input, select, textarea)")]
        .filter(field => field.getBoundingClientRect().right > document.querySelector("#questions-group").getBoundingClientRect().right)
        .length"""
    assert (page.evaluate(covered), page.evaluate(cut_off)) == (0, 0)
