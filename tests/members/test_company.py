"""A company's page and the picture that links to it carry."""

import io
import json
import re

import pytest
from django.core.cache import caches
from django.utils import timezone, translation
from django.utils.text import slugify
from PIL import Image

from tests.factories import make_affiliation, make_company, make_full_company, make_membership, make_user
from tests.markup import tight


@pytest.fixture(autouse=True)
def cold_pages_in_swedish():
    caches["pages"].clear()
    translation.activate("sv")


def text_of(response):
    return response.content.decode()


def structured_data(response):
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text_of(response), re.DOTALL)
    return block and json.loads(block[1])


def test_page_shows_the_profile(visitor_client):
    shown = make_full_company()

    page = text_of(visitor_client.get(shown.url))

    assert "<strong>spel</strong>" in page
    assert '<html lang="sv">' in page


def test_what_the_company_does_leads_to_others_who_do_it(visitor_client):
    company = make_full_company("Fullt AB")

    found = re.findall(r'href="(/foretag/\?[^"]+)"', text_of(visitor_client.get(company.url)))
    assert {url.partition("?")[2].partition("=")[0] for url in found} == {"q", "sektor"}
    assert [url for url in found if company.name not in text_of(visitor_client.get(url))] == []


def test_page_falls_back_to_swedish_and_says_so(visitor_client):
    make_company("Ett", slug="ett", tagline_en="", description_sv="Bara svenska.")

    page = text_of(visitor_client.get("/en/companies/ett/"))

    assert '<p class="lead" lang="sv">Vi gör det synligt</p>' in page
    assert '<div class="prose prose--large" lang="sv">' in page


@pytest.mark.parametrize("address", ["/foretag/dolt/", "/foretag/dolt/bild.png", "/en/companies/dolt/"])
@pytest.mark.parametrize("state", ["draft", "prospect", "left"])
def test_hidden_companies_are_not_found(visitor_client, other_owner_client, address, state):
    hidden = make_company("Dolt AB", slug="dolt", published=state != "draft", member=state == "draft")
    if state == "left":
        today = timezone.localdate()
        make_membership(hidden, joined_on=today.replace(year=today.year - 2), left_on=today)

    answers = [client.get(address) for client in (visitor_client, other_owner_client)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Dolt AB" not in text_of(answers[0]) + text_of(answers[1])


def test_own_draft_is_shown_with_its_mark(company, owner_client):
    company.published_at = None
    company.save()

    page = text_of(owner_client.get(company.url))

    assert '<span class="tag tag--draft">' in page


def test_only_those_who_edit_get_the_link(company, visitor_client, owner_client, participant_client):
    link = 'class="button button--quiet button--small" href="/mitt-foretag/?foretag=oh-hej-ab"'

    pages = [tight(text_of(client.get(company.url))) for client in (visitor_client, participant_client, owner_client)]

    assert [link in page for page in pages] == [False, False, True]


def test_only_people_who_chose_it_are_shown(visitor_client):
    shown = make_company("Ett")
    today = timezone.localdate()
    for name, fields in {
        "Syns Gärna": {"is_shown": True, "title": "Klippare"},
        "Syns Ej": {},
        "Har Slutat": {"is_shown": True, "started_on": today.replace(year=today.year - 1), "ended_on": today},
    }.items():
        make_affiliation(make_user(f"{slugify(name)}@ett.example", name=name), shown, **fields)
    sleeping = make_user("sover@ett.example", name="Sover Nu", is_active=False)
    make_affiliation(sleeping, shown, is_shown=True)

    page = text_of(visitor_client.get(shown.url))

    assert re.findall(r'class="person__name">([^<]+)', page) == ["Syns Gärna"]
    assert not re.search("Syns Ej|Har Slutat|Sover Nu|ett.example", page)


def test_placeholder_says_so(visitor_client):
    shown = make_company("Ett", is_placeholder=True)

    assert text_of(visitor_client.get(shown.url)).count('class="tag tag--placeholder"') == 1


def test_structured_data_cannot_end_its_block(visitor_client):
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    shown = make_company("Ett", tagline_sv=evil, municipality="2581")

    response = visitor_client.get(shown.url)

    assert structured_data(response)["description"] == evil
    assert "<script>alert" not in text_of(response)


def test_structured_data_tells_who_and_where(visitor_client, settings):
    shown = make_company("Ett", municipality="2581", website="https://ett.example", phone="070-302 82 22")

    data = structured_data(visitor_client.get(shown.url))

    assert data["url"] == f"{settings.SITE_URL}/foretag/ett/"
    assert data["address"] == {"@type": "PostalAddress", "addressLocality": "Piteå", "addressCountry": "SE"}
    assert data["telephone"] == "+46703028222"
    assert "email" not in data


@pytest.mark.parametrize("works", [1, 50])
def test_queries_do_not_grow_with_what_is_shown(visitor_client, django_assert_num_queries, works):
    shown = make_company("Ett", works=works)
    for number in range(works):
        make_affiliation(make_user(f"p{number}@ett.example"), shown, is_shown=True)

    with django_assert_num_queries(QUERIES):
        visitor_client.get(shown.url)


# content version, what the site shows around (cluster, project, pages, news, strategy), company, sectors, skills, works,
# people
QUERIES = 11


def test_picture_is_a_png_of_the_size_that_links_show(visitor_client):
    shown = make_company("Ö & </b> ett mycket långt namn på ett bolag i norr AB", slug="ett", municipality="2581")

    response = visitor_client.get("/foretag/ett/bild.png")

    picture = Image.open(io.BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert response.headers["Content-Type"] == "image/png"
    assert f'content="http://localhost:8000{shown.url}bild.png?v=' in text_of(visitor_client.get(shown.url))


def test_picture_is_sent_again_only_when_it_changed(visitor_client):
    shown = make_company("Ett", slug="ett")
    etag = visitor_client.get("/foretag/ett/bild.png").headers["ETag"]

    same = visitor_client.get("/foretag/ett/bild.png", headers={"If-None-Match": etag})
    shown.name = "Två"
    shown.save()
    new = visitor_client.get("/foretag/ett/bild.png", headers={"If-None-Match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert (new.status_code, new.headers["ETag"] != etag) == (200, True)


def test_reading_sets_no_cookie(visitor_client):
    shown = make_company("Ett")

    assert dict(visitor_client.get(shown.url).cookies) == {}
