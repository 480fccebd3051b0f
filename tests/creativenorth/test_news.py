"""News: drafts for staff only, public at their minute, in search, feed and sitemap, with structured data."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from creativenorth.site.models import NewsItem
from tests import uploads
from tests.factories import make_cluster, make_news

PAGE = "/nyheter/"
FORM = {"title_sv": "Ny studio", "slug": "ny-studio", "summary_sv": "Öppen nu.", "text_sv": "Välkomna."}
FORM |= {f"{name}_en": "" for name in ("title", "summary", "text", "alt")} | {"alt_sv": "", "published_at": ""}
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, page=PAGE):
    return [item.title_sv for item in client.get(page).context["page"]]


@pytest.fixture
def three(db):
    """A piece that is out, one that waits and a draft."""
    make_news("Ute")
    make_news("Väntar", published_at=timezone.now() + timedelta(hours=1))
    make_news("Utkast", published=False)


def test_visitors_see_what_is_out_and_staff_all(three, client, staff_client):
    assert titles(client) == ["Ute"]
    assert sorted(titles(staff_client)) == ["Ute", "Utkast", "Väntar"]


def test_feed_search_sitemap_and_front_page_show_what_is_out(three, client):
    make_cluster()
    feed = ElementTree.fromstring(client.get(f"{PAGE}flode.atom").content)

    assert [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")] == ["Ute"]
    assert [hit.title for group in client.get("/sok/?q=bolag").context["groups"] for hit in group["hits"]] == ["Ute"]
    sitemap = client.get("/sitemap-site.xml").content.decode()
    assert sorted(set(re.findall(r"<loc>[^<]*/nyheter/(\w+)-\d+/", sitemap))) == ["ute"]
    assert [item.title_sv for item in client.get("/").context["news"]] == ["Ute"]


def test_the_item_tells_machines_what_it_is(db, client):
    item = make_news()

    page = client.get(item.url).content.decode()

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert (data["@type"], data["headline"], parse_datetime(data["datePublished"])) == (
        "NewsArticle",
        "Ny studio i Piteå",
        item.published_at.replace(microsecond=item.published_at.microsecond // 1000 * 1000),
    )
    assert re.findall(r'property="og:(type|title|description)" content="([^"]*)"', page) == [
        ("type", "article"),
        ("title", "Ny studio i Piteå"),
        ("description", "Ett bolag har flyttat in."),
    ]


@pytest.mark.parametrize("number", [1, 12, 30])
def test_the_list_asks_the_same_number_of_questions(db, client, django_assert_num_queries, number):
    make_cluster()
    for _ in range(number):
        make_news()

    with django_assert_num_queries(8):
        found = titles(client)

    assert len(found) == min(number, 12)


def post(client, path, **data):
    return client.post(reverse(f"admin:creativenorth_newsitem_{path}"), FORM | data)


@pytest.mark.parametrize(
    ("data", "state"),
    [({}, None), ({"_publish": "1"}, "now"), ({"published_at": "2031-05-02T09:30"}, "2031-05-02 09:30")],
)
def test_staff_keep_a_draft_publish_now_or_at_a_time(staff_client, data, state):
    post(staff_client, "add", **data)

    at = NewsItem.objects.get().published_at
    if state == "now":
        assert abs(at - timezone.now()) < timedelta(minutes=1)
    else:
        assert (at and f"{timezone.localtime(at):%Y-%m-%d %H:%M}") == state


def test_what_is_out_becomes_a_draft_again_and_keeps_its_address(staff_client):
    item = make_news(slug="kvar")

    url = reverse("admin:creativenorth_newsitem_change", args=[item.pk])
    staff_client.post(url, FORM | {"slug": "annan", "_withdraw": "1"})

    item.refresh_from_db()
    assert (item.published_at, item.slug, item.title_sv) == (None, "kvar", "Ny studio")


def test_a_picture_is_written_anew_and_must_be_described(staff_client):
    picture = uploads.picture("JPEG")
    refused = post(staff_client, "add", picture=picture)
    picture.seek(0)

    post(staff_client, "add", picture=picture, alt_sv="En studio")

    assert (
        refused.context["adminform"].form.errors.as_text() == "* alt_sv\n  * Beskriv bilden för den som inte ser den."
    )
    assert NewsItem.objects.get().picture.name.endswith(".webp")


def test_coordinators_alone_write_news(owner_client, host_client):
    codes = [post(client, "add").status_code for client in (owner_client, host_client)]

    assert (codes, NewsItem.objects.count()) == ([302, 403], 0)


def test_the_feed_and_the_pages_are_read_in_english(db, client):
    make_news(slug="ny", title_en="")
    make_cluster()

    page = client.get("/en/news/ny/").content.decode()
    feed = ElementTree.fromstring(client.get("/en/news/feed.atom").content)

    assert '<h1 class="page-head__title page-head__title--long" lang="sv">Ny studio i Piteå</h1>' in page
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
