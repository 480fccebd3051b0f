import pytest

from tests.factories import make_activity, make_company, make_programme
from tests.markup import tight

pytestmark = pytest.mark.django_db


def hits(client, question, path="/sok/"):
    groups = client.get(path, {"q": question}).context["groups"]
    return {group["name"]: [hit.title for hit in group["hits"]] for group in groups}


def test_search_finds_companies_activities_and_programmes(client):
    make_company("Norrsken Ljud")
    make_activity("Norrsken i bild")
    make_programme("Norrsken för chefer")

    assert hits(client, "norrsken") == {
        "companies": ["Norrsken Ljud"],
        "activities": ["Norrsken i bild"],
        "programmes": ["Norrsken för chefer"],
    }


def test_search_leaves_out_what_a_visitor_may_not_see(client, staff_client):
    make_company("Norrsken Hemlig", published=False)
    make_activity("Norrsken utkast", published=False)
    make_programme("Norrsken senare", published=False)

    assert hits(client, "norrsken") == {}
    assert list(hits(staff_client, "norrsken")) == ["companies", "activities", "programmes"]


def test_search_asks_for_every_word(client):
    make_company("Norrsken Ljud")
    make_company("Norrsken Bild")

    assert hits(client, "ljud norrsken") == {"companies": ["Norrsken Ljud"]}


def test_search_folds_letters(client):
    make_company("Åkerö Foto")

    assert hits(client, "AKERO") == {"companies": ["Åkerö Foto"]}


def test_search_shows_twenty_and_counts_all(client):
    for number in range(22):
        make_company(f"Norrsken {number}")

    group = client.get("/sok/?q=norrsken").context["groups"][0]

    assert len(group["hits"]) == 20
    assert group["count"] == 22
    assert '<a class="onward" href="/foretag/?q=norrsken">Se alla 22' in tight(
        client.get("/sok/?q=norrsken").content.decode()
    )


@pytest.mark.parametrize("question", ["", "   ", "\x00"])
def test_search_without_words_asks_what_for(client, question):
    make_company("Norrsken Ljud")

    response = client.get("/sok/", {"q": question})

    assert response.context["answer"] is None
    assert "Vad letar du efter?" in response.content.decode()


def test_search_without_hits_leads_on(client):
    html = client.get("/sok/?q=zebra").content.decode()

    assert "Inget om ”zebra” än" in html
    assert 'href="/kontakt/"' in html


def test_search_shows_what_was_typed_as_text(client):
    html = client.get("/sok/", {"q": '"><script>x</script>'}).content.decode()

    assert "<script>x" not in html
    assert 'value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"' in html


def test_search_results_are_not_for_search_engines_and_set_no_cookie(client):
    response = client.get("/sok/?q=norrsken")

    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert dict(response.cookies) == {}


def test_search_costs_the_same_for_one_hit_and_for_many(client, django_assert_num_queries):
    make_company("Norrsken A")

    with django_assert_num_queries(13):
        client.get("/sok/?q=norrsken")
    for number in range(15):
        make_company(f"Norrsken {number}")
    with django_assert_num_queries(13):
        client.get("/sok/?q=norrsken")


def test_search_only_reads(client):
    assert client.post("/sok/").status_code == 405
