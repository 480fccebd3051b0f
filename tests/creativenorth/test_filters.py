"""The filter by a related object: a list while there are few, a word of the name when there are many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Sector
from tests.factories import make_activity, make_company, make_registration, make_sector

pytestmark = pytest.mark.django_db
LIST = "/admin/members/company/"


@pytest.fixture
def many_sectors(db):
    Sector.objects.bulk_create(
        Sector(slug=f"s{number}", name_sv=f"Bransch {number:03}", name_en=f"Sector {number:03}") for number in range(60)
    )


def names(response):
    return sorted(company.name for company in response.context["cl"].result_list)


def test_few_are_offered_one_by_one(staff_client):
    film = make_sector("Film", "Film")
    make_company("Ett", sectors=[film]), make_company("Två")

    page = staff_client.get(LIST)

    assert f"?public_version__sectors__id__exact={film.pk}" in page.content.decode()
    assert names(staff_client.get(f"{LIST}?public_version__sectors__id__exact={film.pk}")) == ["Ett"]


def test_many_are_found_by_a_word_that_stays_with_the_other_filters(staff_client, many_sectors):
    sector = Sector.objects.get(slug="s17")
    make_company("Ett", sectors=[sector, Sector.objects.get(slug="s18")]), make_company("Två")

    page = staff_client.get(f"{LIST}?member=yes&public_version__sectors_word=bransch+01")

    html = page.content.decode()
    assert (names(page), "Bransch 033" in html) == (["Ett"], False)
    assert '<input type="hidden" name="member" value="yes">' in html
    assert names(staff_client.get(f"{LIST}?public_version__sectors_word=finnsinte")) == []


def test_the_list_costs_the_same_with_many(staff_client, many_sectors):
    def queries(path):
        staff_client.get(path)
        with CaptureQueriesContext(connection) as asked:
            staff_client.get(path)
        return len(asked)

    few = queries(LIST)
    for number in range(40):
        make_registration(make_activity(), company=make_company(f"Bolag {number}"))

    assert queries(LIST) == few
    assert (
        "Bolag 39"
        not in staff_client.get("/admin/events/registration/?company_word=39").content.decode().split("result_list")[0]
    )


def test_what_has_happened_is_offered_as_yes_and_no(staff_client):
    make_company("Ett"), make_company("Två", published_at=None)

    page = staff_client.get(LIST)

    assert [choice["display"] for choice in list(page.context["cl"].filter_specs[2].choices(page.context["cl"]))] == [
        "Alla",
        "Ja",
        "Nej",
    ]
    assert names(staff_client.get(f"{LIST}?published_at__isempty=0")) == ["Ett"]
    assert names(staff_client.get(f"{LIST}?published_at__isempty=1")) == ["Två"]
