"""A visit fetches from our own host only, sets no cookie for who only reads, and takes few bytes."""

from urllib.parse import urlsplit

from tests.pages import LANGUAGES, PUBLIC_PAGES, address

# A form that writes needs a secret of its own against forgery: these pages set that one cookie.
WITH_A_FORM = {"members:join", "members:contact", "members:barrier", "events:signup"}
MOST_REQUESTS, MOST_BYTES = 12, 150_000


def test_reading_visitor_meets_one_host_and_gets_no_cookie(full_portal, open_page):
    page = open_page()
    hosts, cookies, problems = set(), [], []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))

    for language in LANGUAGES:
        for name in PUBLIC_PAGES.keys() - WITH_A_FORM:
            page.goto(address(name, language))
            cookies += [(name, cookie["name"]) for cookie in page.context.cookies()]

    assert hosts == {urlsplit(full_portal).netloc}
    assert (cookies, problems) == ([], [])
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_page_with_a_form_sets_the_cookie_against_forgery_alone(full_portal, open_page):
    for name in WITH_A_FORM:
        page = open_page()
        page.goto(address(name, "sv"))

        assert {cookie["name"] for cookie in page.context.cookies()} <= {"csrftoken"}


def test_first_visit_is_light(full_portal, open_page):
    page = open_page(390, 844)
    answers = []
    page.on("requestfinished", lambda request: answers.append(request.sizes()))

    page.goto("/")
    page.wait_for_load_state("networkidle")

    size = sum(sizes["responseHeadersSize"] + sizes["responseBodySize"] for sizes in answers)
    assert 0 < len(answers) <= MOST_REQUESTS
    assert 0 < size <= MOST_BYTES
