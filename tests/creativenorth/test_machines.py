from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from members.search import MembersSitemap
from tests.factories import make_activity, make_cluster, make_company, make_news, make_programme

pytestmark = pytest.mark.django_db
PAGES = [
    "cluster", "members:directory", "events:activities", "programmes:programmes", "news", "programmes:strategy",
    "results", "about", "members:join", "members:contact", "accessibility", "privacy", "cookies",
]  # fmt: skip
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client, path):
    return ElementTree.fromstring(client.get(path).content)


def parts(client):
    """The paths of every part that the index names."""
    index = [loc.text for loc in read(client, "/sitemap.xml").iterfind("s:sitemap/s:loc", NS)]
    return [address.removeprefix("http://testserver") for address in index]


def urls(client):
    return [url for path in parts(client) for url in read(client, path).iterfind("s:url", NS)]


def addresses(client):
    return [url.find("s:loc", NS).text for url in urls(client)]


def test_robots_closes_a_demo(client):
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_robots_of_the_real_portal_names_the_sitemap(client, settings):
    settings.DEMO, settings.SITE_URL = False, "https://portal.example"

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /" not in lines
    assert {"Disallow: /admin/", "Disallow: /sok/", "Disallow: /en/search/", "Disallow: /aktiviteter/kalender/"} < set(
        lines
    )
    assert lines[-1] == "Sitemap: https://portal.example/sitemap.xml"


def test_sitemap_has_a_part_for_each_app(client):
    assert parts(client) == [f"/sitemap-{app}.xml" for app in ("members", "events", "programmes", "site")]


def test_sitemap_holds_pages_and_public_rows_alone_in_both_languages(client, settings):
    settings.SITE_URL = "https://portal.example"
    make_company("Synlig AB")
    make_company("Dold AB", published=False)
    activity, programme, item = make_activity(), make_programme(), make_news()
    make_activity(published=False)
    make_programme(published=False)
    make_news("Utkast", published=False)

    found = addresses(client)

    rows = [activity.url, programme.url, item.url, "/foretag/synlig-ab/"]
    swedish = {f"https://portal.example{path}" for path in [*rows, *(reverse(name) for name in PAGES)]}
    assert {address for address in found if not address.startswith("https://portal.example/en/")} == swedish
    assert len(found) == len(set(found)) == 2 * len(swedish)


def test_sitemap_pairs_point_at_each_other(client, settings):
    settings.SITE_URL = "https://portal.example"
    make_company("Synlig AB")

    pairs = {
        url.find("s:loc", NS).text: {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NS)}
        for url in urls(client)
    }

    both = {"sv": "https://portal.example/foretag/synlig-ab/", "en": "https://portal.example/en/companies/synlig-ab/"}
    assert pairs[both["sv"]] == pairs[both["en"]] == both
    assert {tuple(pair) for pair in pairs.values()} == {("sv", "en")}


def test_sitemap_addresses_answer(client):
    make_cluster()
    make_company("Synlig AB")
    make_activity()
    make_programme()

    answers = {address: client.get(urlsplit(address).path).status_code for address in addresses(client)}

    assert {address: code for address, code in answers.items() if code != 200} == {}


def test_a_large_sitemap_has_parts_that_miss_nothing(client, monkeypatch):
    monkeypatch.setattr(MembersSitemap, "limit", 26)
    for number in range(20):
        make_company(f"Bolag nr {number}")

    of_members = [path for path in parts(client) if "members" in path]
    found = addresses(client)

    assert of_members == ["/sitemap-members.xml", "/sitemap-members.xml?p=2"]
    assert len(found) == len(set(found)) == 2 * (len(PAGES) + 20)


@pytest.mark.parametrize(
    "path", ["members.xml?p=0", "members.xml?p=2", "members.xml?p=-1", "members.xml?p=x", "wiki.xml"]
)
def test_sitemap_past_the_end_is_not_found(client, path):
    assert client.get(f"/sitemap-{path}").status_code == 404


@pytest.mark.parametrize("number", [1, 3, 50])
def test_sitemap_costs_the_same_for_more_rows(client, number, django_assert_num_queries):
    for _ in range(number):
        make_company()

    with django_assert_num_queries(2):
        client.get("/sitemap-members.xml")


def test_security_txt_has_a_contact_and_expires_within_a_year(client, settings):
    settings.SITE_URL = "https://portal.example"
    make_cluster()

    response = client.get("/.well-known/security.txt")
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]

    expires = datetime.fromisoformat(dict(fields)["Expires"])
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert [value for name, value in fields if name == "Contact"] == [
        "https://portal.example/kontakt/",
        "mailto:kim@kluster.example",
    ]
    assert timezone.now() + timedelta(days=90) < expires < timezone.now() + timedelta(days=366)


def test_security_txt_of_an_empty_portal_still_has_a_contact(client):
    assert client.get("/.well-known/security.txt").content.decode().startswith("Contact: http")


def test_favicon_leads_to_the_picture(client):
    assert client.get("/favicon.ico").headers["Location"].startswith("/static/img/favicon.")
