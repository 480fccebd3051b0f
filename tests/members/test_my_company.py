from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from members.models import Company
from tests.factories import make_affiliation
from tests.roles import signed_in

PAGE = "/mitt-foretag/"
SECTION = "/mitt-foretag/del/place/"
LOGO = "/mitt-foretag/logotyp/"


def picture(kind="PNG"):
    file = BytesIO()
    Image.new("RGB", (20, 10), "teal").save(file, kind)
    return SimpleUploadedFile("logo.png", file.getvalue())


def test_participant_reads_and_cannot_write(participant_client, company):
    page = participant_client.get(PAGE)

    assert "Vi gör det synligt" in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert participant_client.post(SECTION, {"town": "Piteå"}).status_code == 403
    assert participant_client.post(LOGO, {"remove": "1"}).status_code == 403


def test_anothers_company_is_not_found(owner_client, other_company):
    assert owner_client.get(f"{PAGE}?foretag={other_company.slug}").status_code == 404
    assert owner_client.post(f"{SECTION}?foretag={other_company.slug}", {"town": "X"}).status_code == 404


@pytest.fixture
def client_of_both(owner, other_company):
    make_affiliation(owner, other_company, "owner")
    return signed_in(owner)


def test_address_always_says_which_of_several_companies(client_of_both, company):
    first = client_of_both.get(PAGE)
    page = client_of_both.get(first.url)

    assert first.url == f"{PAGE}?foretag=grannen-ab"
    assert page.context["company"].name == "Grannen AB"
    assert [(name, is_here) for name, url, is_here in page.context["switches"]] == [
        ("Grannen AB", True),
        ("Oh hej AB", False),
    ]


def test_company_seen_last_is_the_one_that_the_menu_leads_to(client_of_both, owner, company):
    client_of_both.get(f"{PAGE}?foretag={company.slug}")

    assert client_of_both.get(LOGO).url == f"{LOGO}?foretag={company.slug}"
    owner.affiliations.filter(company=company).update(role="participant", ended_on=timezone.localdate())
    assert client_of_both.get(PAGE).status_code == 200


def test_form_that_does_not_say_which_of_several_companies_changes_none(client_of_both):
    assert client_of_both.post(SECTION, {"town": "Piteå"}).status_code == 404
    assert not Company.objects.filter(town="Piteå").exists()


def test_person_without_company_is_told_what_to_do(staff_client):
    assert "Du hör inte till något företag här än" in staff_client.get(PAGE).content.decode()


@pytest.mark.parametrize("page", [PAGE, LOGO, "/min-sida/"])
def test_visitor_is_asked_to_sign_in(client, db, page):
    assert client.get(page).url == f"/konto/logga-in/?next={page}"


def test_logo_is_written_anew_and_the_old_file_goes(owner_client, company, django_capture_on_commit_callbacks):
    owner_client.post(LOGO, {"logo": picture()})
    company.refresh_from_db()
    first, storage = company.logo.name, company.logo.storage

    with django_capture_on_commit_callbacks(execute=True):
        owner_client.post(LOGO, {"logo": picture("JPEG")})

    company.refresh_from_db()
    assert (company.logo.name[:6], company.logo.name[-5:]) == ("logos/", ".webp")
    assert (storage.exists(first), storage.exists(company.logo.name)) == (False, True)


def test_logo_is_taken_away(owner_client, company):
    owner_client.post(LOGO, {"logo": picture()})

    owner_client.post(LOGO, {"remove": "1"})

    company.refresh_from_db()
    assert company.logo.name == ""


def test_logo_that_is_no_picture_is_refused(owner_client, company):
    response = owner_client.post(LOGO, {"logo": SimpleUploadedFile("logo.svg", b"<svg></svg>")})

    company.refresh_from_db()
    assert response.status_code == 422
    assert "Spara bilden som PNG" in response.content.decode()
    assert company.logo.name == ""


def test_my_page_greets_and_leads_to_the_company(owner_client):
    page = owner_client.get("/min-sida/").content.decode()

    assert 'href="/mitt-foretag/?foretag=oh-hej-ab"' in page
