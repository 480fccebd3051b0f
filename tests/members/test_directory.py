"""The directory of companies: what it finds, what it never shows, what it asks of the database."""

import re

import pytest
from django.core.cache import caches
from django.utils import timezone, translation

from tests.factories import make_company, make_membership, make_sector, make_skill

FRAGMENT = {"HX-Request": "true", "HX-Target": "div#directory-results"}


@pytest.fixture(autouse=True)
def cold_pages_in_swedish():
    caches["pages"].clear()
    translation.activate("sv")


def names(response):
    return [company.name for company in response.context["page"]]


def found(client, **query):
    return names(client.get("/foretag/", query))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("företag", "as written"),
        ("foretag", "without dots"),
        ("FÖRETAG", "in capitals"),
        ("egenföreta", "half a word"),
        ("filmer", "another form of the word"),
        ("förtaget film", None),
    ],
)
def test_search_finds_the_company(visitor_client, typed, reason):
    make_company("Ljuset", description_sv="Egenföretagare som gör film.")
    make_company("Annat", description_sv="Något helt skilt.")

    assert found(visitor_client, q=typed) == (["Ljuset"] if reason else [])


def test_search_puts_names_first_and_leaves_placeholder_texts_out(visitor_client):
    make_company("Alfa", tagline_sv="Vi gör vinterbilder")
    make_company("Vinter", tagline_sv="Något annat")
    make_company("Beta", tagline_sv="Texten om vinter försvinner", is_placeholder=True)

    assert found(visitor_client, q="vinter") == ["Vinter", "Alfa"]


def test_search_finds_by_sector_skill_and_municipality(visitor_client):
    make_company("Ett", sectors=[make_sector("Arkitektur", "Architecture")])
    make_company("Två", skills=[make_skill("Animering", "Animation")])
    make_company("Tre", municipality="2580")

    hits = [found(visitor_client, q=word) for word in ("arkitektur", "animation", "lulea")]

    assert hits == [["Ett"], ["Två"], ["Tre"]]


def test_filters_narrow_together_and_stand_as_pills(visitor_client):
    film = make_sector("Film", "Film")
    make_company("Rätt", sectors=[film], municipality="2581", looking_for=["partners"])
    make_company("Fel ort", sectors=[film], municipality="2580", looking_for=["partners"])
    make_company("Fel bransch", municipality="2581", looking_for=["partners"])

    response = visitor_client.get("/foretag/", {"sektor": "film", "kommun": "2581", "soker": "partners"})

    assert names(response) == ["Rätt"]
    assert [pill["url"] for pill in response.context["pills"]] == [
        "?kommun=2581&soker=partners",
        "?sektor=film&soker=partners",
        "?sektor=film&kommun=2581",
    ]


@pytest.mark.parametrize("query", ["sektor=x", "kommun=9999", "soker=%00", "q=%00", "page=många", "page=-3"])
def test_unknown_values_are_ignored(visitor_client, query):
    make_company("Finns")

    response = visitor_client.get(f"/foretag/?{query}")

    assert names(response) == ["Finns"]
    assert response.context["pills"] == []


def test_names_follow_the_swedish_alphabet(visitor_client):
    for name in ("Östan", "Ängen", "Ånga", "Zebra", "Älv"):
        make_company(name)

    assert found(visitor_client) == ["Zebra", "Ånga", "Älv", "Ängen", "Östan"]


def test_pages_hold_48_and_keep_the_filters(visitor_client):
    for number in range(50):
        make_company(f"Bolag {number:02}", municipality="2581")

    response = visitor_client.get("/foretag/", {"kommun": "2581", "page": "2"})

    assert names(response) == ["Bolag 48", "Bolag 49"]
    assert 'href="?kommun=2581&amp;page=1"' in response.content.decode()


def test_only_published_members_are_shown(visitor_client):
    make_company("Utkast", published=False)
    make_company("Prospekt", member=False)
    gone = make_company("Lämnat", member=False)
    today = timezone.localdate()
    make_membership(gone, joined_on=today.replace(year=today.year - 2), left_on=today)
    make_company("Synligt")

    response = visitor_client.get("/foretag/")

    assert names(response) == ["Synligt"]
    assert not re.search("Utkast|Prospekt|Lämnat", response.content.decode())


def test_filters_offer_nothing_that_only_hidden_companies_have(visitor_client):
    make_company("Utkast", published=False, sectors=[make_sector("Dolt", "Hidden")], municipality="2584")

    filters = visitor_client.get("/foretag/").context["filters"]

    assert [list(one["options"]) for one in filters[:2]] == [[], []]


def test_fragment_equals_the_same_part_of_the_page(visitor_client):
    make_company("Ett")

    page = visitor_client.get("/foretag/", {"q": "ett"}).content.decode()
    response = visitor_client.get("/foretag/", {"q": "ett"}, headers=FRAGMENT)

    fragment = response.content.decode().strip()
    assert fragment.startswith('<div id="directory-results">')
    assert fragment in page
    assert {"HX-Request", "HX-Request-Type"} <= {part.strip() for part in response.headers["Vary"].split(",")}


def test_history_gets_the_whole_page(visitor_client):
    make_company("Ett")

    response = visitor_client.get(
        "/foretag/", headers={"HX-Request": "true", "HX-Request-Type": "full", "HX-Target": "body"}
    )

    assert response.content.lstrip().lower().startswith(b"<!doctype html>")


@pytest.mark.parametrize("companies", [3, 50])
def test_queries_do_not_grow_with_the_companies(visitor_client, django_assert_num_queries, companies):
    for _ in range(companies):
        make_company(sectors=[make_sector()], municipality="2581")

    with django_assert_num_queries(QUERIES):
        visitor_client.get("/foretag/", {"q": "synlig"})


# content version, what the site shows around (cluster, project, pages, news, strategy), sectors, municipalities, words that mean
# the same, words that are known, whether there is any, count, companies
QUERIES = 12


def test_reading_sets_no_cookie(visitor_client):
    make_company("Ett")

    assert dict(visitor_client.get("/foretag/").cookies) == {}


def test_posting_is_refused(visitor_client):
    assert visitor_client.post("/foretag/").status_code == 405
