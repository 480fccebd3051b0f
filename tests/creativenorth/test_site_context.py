import pytest
from django.urls import reverse

from tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_request_login_code"])
def test_entrance_pages_carry_the_statement_of_the_present_project(client, name):
    make_project(is_present=True, period="2014-2020")

    html = client.get(reverse(name)).content.decode()

    assert html.count("<span>Europeiska regionala utvecklingsfonden</span>") == 2
