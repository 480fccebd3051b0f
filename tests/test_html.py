"""Every page is valid HTML by the Nu checker: empty and full, Swedish and English, signed in too."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests import html_validator
from tests.pages import EMPTY_PAGES, LANGUAGES, OWN_PAGES, PUBLIC_PAGES, VARIANTS, address

FOR_SIGNING_IN = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
]


def problems(response):
    assert response["Content-Type"] == "text/html; charset=utf-8"
    return html_validator.errors(response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_full_page_is_valid(client, full, name, language):
    for query in ["", *VARIANTS.get(name, [])]:
        response = client.get(address(name, language) + query)

        assert (query, response.status_code, problems(response)) == (query, 200, [])


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EMPTY_PAGES)
def test_empty_page_is_valid(client, name, language):
    response = client.get(address(name, language))

    assert (response.status_code, problems(response)) == (200, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOR_SIGNING_IN)
def test_page_for_signing_in_is_valid(visitor_client, name, language):
    with override(language):
        response = visitor_client.get(reverse(name))

    assert (response.status_code, problems(response)) == (200, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_page_is_valid(full_owner_client, name, language):
    response = full_owner_client.get(address(name, language))

    assert (response.status_code, problems(response)) == (200, [])


@pytest.mark.parametrize("name", ["members:join", "members:contact", "members:barrier"])
def test_form_with_errors_is_valid(client, full, name):
    response = client.post(address(name, "sv"), {"email": "fel"})

    assert (response.status_code, problems(response)) == (422, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_that_does_not_exist_is_valid(client, full, language):
    with override(language):
        response = client.get(reverse("about") + "finns-inte/")

    assert (response.status_code, problems(response)) == (404, [])
