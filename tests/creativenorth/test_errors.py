"""Errors: pages in the site's look, notices for htmx requests, and nothing typed is lost."""

import errno
import logging
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import Client
from django.urls import reverse

from creativenorth.run.logs import RequestIdFilter
from tests.factories import make_import
from tests.roles import signed_in
from tests.uploads import picture

JOIN = {
    "company_name": "Ny & Co",
    "name": "Nora Ny",
    "email": "nora@ny.example",
    "phone": "",
    "website": "",
    "message": "Vi vill vara med.",
    "idempotency_key": "6c8d4d1e-6f0b-4b0e-9c0f-1d6a2f8c7b11",
}
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/mitt-foretag/"}


@pytest.mark.django_db
def test_id_on_the_error_page_stands_in_the_log(client, caplog):
    caplog.handler.addFilter(RequestIdFilter())

    with caplog.at_level(logging.WARNING, "django.request"):
        response = client.get("/finns-inte/")

    shown = response.headers["X-Request-ID"]
    assert f"<code>{shown}</code>" in response.content.decode()
    assert [record.request_id for record in caplog.records if "Not Found" in record.message] == [shown]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["join", "contact", "barrier"])
def test_form_without_its_token_comes_back_as_it_was_sent(name):
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse(f"members:{name}"), JOIN)

    html = response.content.decode()
    assert response.status_code == 403
    assert "Allt du har skrivit står kvar" in html
    assert ">\nVi vill vara med.</textarea>" in html
    assert response.cookies["csrftoken"].value


@pytest.mark.django_db
def test_form_that_came_back_can_be_sent(mailoutbox):
    client = Client(enforce_csrf_checks=True)
    refused = client.post(reverse("members:join"), JOIN)

    token = refused.context["csrf_token"]
    response = client.post(reverse("members:join"), JOIN | {"csrfmiddlewaretoken": str(token)})

    assert (response.status_code, response.url) == (302, reverse("members:thanks", args=["join"]))


@pytest.mark.django_db
def test_other_forms_without_a_token_say_what_to_do(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")

    response = client.post(reverse("members:my_company_discard"))

    assert response.status_code == 403
    assert "Skicka en gång till" in response.content.decode()


def test_fragment_gets_a_notice_in_place_of_an_error_page(owner_client):
    response = owner_client.post(reverse("members:my_company_section", args=["finns-inte"]), headers=HTMX)

    assert (response.status_code, response.headers["HX-Retarget"]) == (404, "#messages")
    assert "<html" not in response.content.decode()
    assert response.headers["X-Request-ID"] in response.content.decode()


def test_fragment_of_a_session_that_is_over_leads_to_signing_in(visitor_client):
    response = visitor_client.post(reverse("members:my_company_section", args=["story"]), headers=HTMX)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/konto/logga-in/?next=%2Fmitt-foretag%2F"


def test_page_of_a_session_that_is_over_is_an_ordinary_redirect(visitor_client):
    response = visitor_client.get("/mitt-foretag/")

    assert (response.status_code, response.url) == (302, "/konto/logga-in/?next=/mitt-foretag/")


@pytest.mark.parametrize(("language", "title"), [("sv", "Välj objekt"), ("en", "Site administration")])
def test_admin_speaks_the_language_of_who_works_in_it(staff, language, title):
    staff.language = language
    staff.save()

    response = signed_in(staff).get(reverse("admin:index"))

    assert f'<html lang="{language}"' in response.content.decode()
    assert response.headers["Content-Language"] == language


@pytest.mark.django_db
def test_finished_page_cannot_be_framed(client):
    assert [client.get("/").headers["X-Frame-Options"] for _ in range(2)] == ["DENY", "DENY"]


@pytest.fixture
def no_database(transactional_db):
    """The portal while its database does not answer."""
    connection.close()
    settings = connection.settings_dict
    there = settings["HOST"]
    settings["HOST"] = "/nowhere"
    yield
    settings["HOST"] = there


@pytest.mark.parametrize(
    ("path", "words"),
    [("/foretag/", "Portalen når inte sina uppgifter"), ("/en/companies/", "does not reach its data")],
)
def test_without_its_database_the_portal_asks_to_come_back(no_database, path, words):
    client = Client(raise_request_exception=False)

    page, fragment = client.get(path), client.get(path, headers={"HX-Request": "true"})

    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in (page, fragment)] == [(503, "60")] * 2
    assert (words in page.content.decode(), "<header" in page.content.decode()) == (True, True)
    assert (words in fragment.content.decode(), fragment.headers["HX-Retarget"]) == (True, "#messages")


class FullDisk(FileSystemStorage):
    """Takes in a part of the file and then finds no room."""

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device", name)


def test_without_room_for_its_file_nothing_is_half_written(owner, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.FullDisk"}}
    client = signed_in(owner)
    client.raise_request_exception = False

    response = client.post(reverse("members:my_company_section", args=["pictures"]), {"logo": picture()})

    assert (response.status_code, "ingen plats för filer" in response.content.decode()) == (503, True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_another_key_has_sealed_is_told_in_words(staff_client, settings):
    kept = make_import()
    settings.NUMBER_KEY = "another key than before, and a long one"
    staff_client.raise_request_exception = False

    response = staff_client.get(reverse("admin:members_import_change", args=[kept.pk]))

    assert (response.status_code, "en annan NUMBER_KEY" in response.content.decode()) == (503, True)
