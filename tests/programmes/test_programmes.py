"""The list of programmes and a programme's page: what is public, the project behind it, number of queries."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.models import Programme
from tests.factories import FUNDERS, make_programme, make_project
from tests.markup import tight
from tests.pages import texts

pytestmark = pytest.mark.django_db
LIST = "/program/"


def address(programme):
    return f"{LIST}{programme.slug}/"


def shown(response):
    return [programme.title_sv for programme in response.context["programmes"]]


def test_list_shows_published_programmes_in_the_order_of_staff(visitor_client, staff_client):
    make_programme("Sist", order=3)
    make_programme("Först", order=1)
    make_programme("Utkast", order=2, published=False)

    assert shown(visitor_client.get(LIST)) == ["Först", "Sist"]
    assert shown(staff_client.get(LIST)) == ["Först", "Utkast", "Sist"]


def test_empty_list_shows_the_way_to_activities(visitor_client):
    response = visitor_client.get(LIST)

    assert {"Inga program just nu", "Se aktiviteter"} <= texts(response.content.decode(), "sv")


def test_page_shows_the_target_group_and_who_pays_in_order(visitor_client):
    programme = make_programme(project=make_project(), target_group="creator")

    response = visitor_client.get(address(programme))
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]

    assert "För kreatörer" in texts(main, "sv")
    assert sorted(FUNDERS, key=main.index) == FUNDERS


def test_draft_is_404_for_all_but_staff(visitor_client, owner_client, staff_client):
    programme = make_programme(published=False)

    response = staff_client.get(address(programme))

    assert visitor_client.get(address(programme)).status_code == owner_client.get(address(programme)).status_code == 404
    assert "Det här är ett utkast." in texts(response.content.decode(), "sv")


def test_english_page_falls_back_to_swedish_and_says_so(visitor_client):
    programme = make_programme("Leda", title_en="")

    response = visitor_client.get(f"/en/programmes/{programme.slug}/")

    assert ' lang="sv">Leda</h1>' in tight(response.content.decode())


def test_pages_are_only_read_and_unknown_ones_are_404(visitor_client):
    programme = make_programme()

    assert visitor_client.post(LIST).status_code == visitor_client.post(address(programme)).status_code == 405
    assert visitor_client.get(f"{LIST}finns-inte/").status_code == 404


def test_queries_are_the_same_for_3_and_50(visitor_client):
    project, counts = make_project(), []
    for total in (3, 50):
        while Programme.objects.count() < total:
            make_programme(project=project)
        visitor_client.get(LIST)
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            visitor_client.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]
