from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from creativenorth.views import machines
from tests.factories import make_activity, make_cluster, make_company, make_programme

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(response):
    return ElementTree.fromstring(response.getvalue())


def addresses(root):
    return [loc.text for loc in root.iterfind("s:url/s:loc", NS)]


def test_robots_closes_a_demo(client):
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_robots_of_the_real_portal_names_the_sitemap(client, settings):
    settings.DEMO, settings.SITE_URL = False, "https://portal.example"

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /" not in lines
    assert {"Disallow: /admin/", "Disallow: /sok/", "Disallow: /en/search/"} < set(lines)
    assert lines[-1] == "Sitemap: https://portal.example/sitemap.xml"


def test_sitemap_holds_public_rows_alone_in_pairs(client, settings):
    settings.SITE_URL = "https://portal.example"
    make_company("Synlig AB")
    make_company("Dold AB", published=False)
    activity, programme = make_activity(), make_programme()
    make_activity(published=False)
    make_programme(published=False)

    root = read(client.get("/sitemap.xml"))

    rows = [
        url
        for url in addresses(root)
        if url.count("/") > 4 and url.split("/")[-3] in ("foretag", "aktiviteter", "program")
    ]
    assert sorted(rows) == sorted(
        f"https://portal.example{path}"
        for path in ("/foretag/synlig-ab/", f"/aktiviteter/{activity.slug}/", f"/program/{programme.slug}/")
    )
    assert len(addresses(root)) == 2 * (len(machines.PAGES) + 3)


def test_sitemap_pairs_point_at_each_other(client, settings):
    settings.SITE_URL = "https://portal.example"
    make_company("Synlig AB")

    pairs = {
        url.find("s:loc", NS).text: {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NS)}
        for url in read(client.get("/sitemap.xml")).iterfind("s:url", NS)
    }

    both = {"sv": "https://portal.example/foretag/synlig-ab/", "en": "https://portal.example/en/companies/synlig-ab/"}
    assert pairs[both["sv"]] == pairs[both["en"]] == both


def test_sitemap_addresses_answer(client, settings):
    settings.SITE_URL = ""
    make_cluster()
    make_company("Synlig AB")
    make_activity()
    make_programme()

    answers = {path: client.get(path).status_code for path in addresses(read(client.get("/sitemap.xml")))}

    assert {path: code for path, code in answers.items() if code != 200} == {}


def test_a_large_sitemap_is_an_index_of_parts_that_miss_nothing(client, monkeypatch):
    monkeypatch.setattr(machines, "ADDRESSES_PER_SITEMAP", 26)
    for number in range(20):
        make_company(f"Bolag nr {number}")

    parts = [loc.text for loc in read(client.get("/sitemap.xml")).iterfind("s:sitemap/s:loc", NS)]
    urls = [url for number in (1, 2, 3) for url in addresses(read(client.get(f"/sitemap.xml?page={number}")))]

    assert len(parts) == 3
    assert len(urls) == len(set(urls)) == 2 * (len(machines.PAGES) + 20)


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9999999999", "²"])
def test_sitemap_past_the_end_is_not_found(client, page):
    assert client.get("/sitemap.xml", {"page": page}).status_code == 404


def test_sitemap_costs_the_same_for_more_rows(client, django_assert_num_queries):
    make_company()
    with django_assert_num_queries(6):
        read(client.get("/sitemap.xml"))
    for _ in range(5):
        make_company()
    with django_assert_num_queries(6):
        read(client.get("/sitemap.xml"))


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
