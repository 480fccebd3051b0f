"""Staff's search finds numbers and phones however they are spelled, people with a letter wrong."""

import pytest

from members.actions.company_numbers import set_number
from tests.factories import make_company, make_enquiry, make_full_company, make_user

pytestmark = pytest.mark.django_db


def found(client, question):
    groups = client.get("/admin/search/", {"q": question}).context["groups"]
    return [hit["title"] for group in groups for hit in group["hits"]]


@pytest.mark.parametrize("typed", ["556016-0680", "5560160680", "16 556016 0680", "SE556016068001", "556016"])
def test_a_company_is_found_by_its_number(staff_client, staff, typed):
    company = make_company("Numret AB")
    make_company("Annat AB")
    set_number(by=staff, company=company, text="556016-0680")

    assert found(staff_client, typed) == ["Numret AB"]


def test_a_sole_trader_is_found_by_the_whole_number_alone(staff_client, staff):
    set_number(by=staff, company=make_company("Enskilda"), text="900101-0017")

    assert (found(staff_client, "19900101-0017"), found(staff_client, "900101")) == (["Enskilda"], [])


@pytest.mark.parametrize("typed", ["0911-12 34 56", "+46 911 123456", "0046911123456", "911123456", "0911 123 456"])
def test_a_phone_is_found_however_it_is_spelled(staff_client, typed):
    make_full_company("Ringer AB")
    make_user(name="Ada Ek", phone="0911 - 123 456")
    make_enquiry(company_name="", name="Nora Ny", phone="(0911) 12 34 56")

    assert sorted(found(staff_client, typed)) == ["Ada Ek", "Nora Ny", "Ringer AB"]


@pytest.mark.parametrize("typed", ["andersn", "anderssson", "andresson"])
def test_a_name_is_found_with_a_letter_wrong(staff_client, typed):
    make_user(name="Åsa Andersson")
    make_user(name="Bo Berg")

    assert found(staff_client, typed) == ["Åsa Andersson"]


def test_a_company_is_found_with_a_letter_wrong_and_it_is_said(staff_client):
    make_company("Formsmedjan")

    page = staff_client.get("/admin/search/", {"q": "formsmejdan"}).content.decode()

    assert "Det här är träffar på ”formsmedjan”." in " ".join(page.split())
