import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from creativenorth.views.legal import strictly_necessary_cookies
from tests.factories import make_activity, make_cluster, make_company, make_programme, make_project
from tests.markup import tight

pytestmark = pytest.mark.django_db


def page(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    ("status", "words"), [("full", "helt förenlig"), ("partial", "delvis förenlig"), ("none", "inte förenlig")]
)
def test_statement_says_the_words_of_the_act(client, status, words):
    make_cluster(accessibility_status=status)

    assert f"Webbplatsen är <strong>{words}</strong> med lagen (2018:1937)" in page(client, "/tillganglighet/")
    assert f'<strong lang="sv">{words}</strong>' in page(client, "/en/accessibility/")


def test_statement_has_all_eleven_parts(client):
    make_cluster(accessibility_assessed_on=date(2026, 11, 1), barriers_sv="- Kartan. Skäl: den är en bild.")

    html = page(client, "/tillganglighet/")

    parts = {
        "public actor": "Piteå Science Park",
        "digital service": "Creative North",
        "compliance": "delvis förenlig",
        "inaccessible content and reasons": "Kartan. Skäl: den är en bild.",
        "date of assessment": '<time datetime="2026-11-01">',
        "date of update": "Redogörelsen senast uppdaterad den",
        "method": "Självskattning",
        "reporting to us": f'href="{reverse("members:barrier")}"',
        "reporting to Digg": 'href="https://www.digg.se/tdosanmalan"',
        "disproportionate burden": "oskäligt betungande (12 §)",
        "outside the act": "Utanför lagen (9 §)",
    }
    assert {part: text for part, text in parts.items() if text not in html} == {}


def test_statement_tells_the_day_it_was_last_changed(client):
    cluster = make_cluster()
    day = cluster.events.get(pgh_label="insert").pgh_created_at.astimezone().date()

    assert f'<dd><time datetime="{day:%Y-%m-%d}">' in tight(page(client, "/tillganglighet/"))


@pytest.mark.parametrize("path", ["/tillganglighet/", "/en/accessibility/", "/integritet/", "/en/privacy/", "/kakor/"])
def test_legal_pages_of_an_empty_portal_answer(client, path):
    assert "<h1" in page(client, path)


def test_privacy_notice_has_every_point_of_article_13(client):
    make_cluster()

    html = page(client, "/integritet/")

    points = [
        "controller", "purposes", "recipients", "transfers", "retention", "rights", "complaint", "obligatory", "automated"
    ]  # fmt: skip
    assert re.findall(r'<section class="stack" id="(\w+)"', html) == points
    for text in (
        "dataskyddsombudet",
        "artikel 6.1 e",
        "intresseavvägning",
        "samtyckt",
        "imy.se",
        "kim@kluster.example",
    ):
        assert text in html


def test_cookie_page_lists_the_cookies_that_the_portal_sets(client):
    html = page(client, "/kakor/")

    names = re.findall(r'<code translate="no">([^<]+)</code>', html)
    assert names == [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "device", "messages", "keep:…"]
    assert strictly_necessary_cookies()[0]["life"] == "30 dagar"


def test_who_only_reads_gets_no_cookie(client):
    make_cluster()
    make_project()
    paths = [
        "/", "/om/", "/sok/?q=a", "/integritet/", "/kakor/", "/tillganglighet/", "/foretag/", "/aktiviteter/", "/program/",
        make_company().url, make_activity().url, make_programme().url,
    ]  # fmt: skip

    assert {path: list(client.get(path).cookies) for path in paths} == {path: [] for path in paths}
