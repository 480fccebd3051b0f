import pytest
from django.utils import timezone

from members.actions.profile.drafts import change_profile
from members.models import ProfileVersion
from tests.factories import make_affiliation, make_company, make_sector, make_skill, make_user, say
from tests.markup import tight
from tests.members.test_profile import save
from tests.roles import signed_in

PAGE = "/mitt-foretag/"
SECTION = "/mitt-foretag/del/place/"
PUBLISHING = "/mitt-foretag/publicering/"


def test_participant_reads_and_cannot_write(participant_client, company):
    page = participant_client.get(PAGE)

    assert "Vi gör det synligt" in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert participant_client.post(SECTION, {"town": "Piteå"}).status_code == 403


def test_participant_reads_the_draft(participant_client, owner, company):
    change_profile(
        by=owner,
        company=company,
        changes={"tagline_sv": "Vi bygger ljud", "phone": "0911-123 45", "visibility:phone": "hidden"},
    )

    page = participant_client.get(PAGE).content.decode()

    assert ("Vi bygger ljud" in page, "Vi gör det synligt" in page) == (True, False)
    assert "Syns inte för andra" in page


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

    assert client_of_both.get(PUBLISHING).url == f"{PUBLISHING}?foretag={company.slug}"
    owner.affiliations.filter(company=company).update(role="participant", ended_on=timezone.localdate())
    assert client_of_both.get(PAGE).status_code == 200


def test_form_that_does_not_say_which_of_several_companies_changes_none(client_of_both):
    assert client_of_both.post(SECTION, {"town": "Piteå"}).status_code == 404
    assert not ProfileVersion.objects.filter(town="X").exists()


def test_person_without_company_is_told_what_to_do(staff_client):
    assert "Du hör inte till något företag här än" in staff_client.get(PAGE).content.decode()


@pytest.mark.parametrize("page", [PAGE, PUBLISHING, "/min-sida/"])
def test_visitor_is_asked_to_sign_in(client, db, page):
    assert client.get(page).url == f"/konto/logga-in/?next={page}"


def test_my_page_greets_and_leads_to_the_company(owner_client):
    page = owner_client.get("/min-sida/").content.decode()

    assert 'href="/mitt-foretag/?foretag=oh-hej-ab"' in page


def test_page_without_a_frame_beside_it_leads_to_the_preview_and_back(owner_client, company):
    page, preview = owner_client.get(PAGE).content.decode(), "/mitt-foretag/forhandsvisning/"

    alone = owner_client.get(preview).context["back_url"]
    framed = owner_client.get(preview, headers={"Sec-Fetch-Dest": "iframe"}).context["back_url"]

    assert f'<a class="button button--quiet" href="{preview}">Se er sida som den blir</a>' in page
    assert (alone, framed) == (PAGE, "")


@pytest.mark.parametrize(("cover", "note"), [("", "behövs med bild"), ("covers/a-10x10.webp", "")])
def test_description_is_no_choice_where_there_is_a_picture(owner_client, company, cover, note):
    say(company, cover=cover, cover_alt_sv="En sal")

    pictures = next(
        row for row in owner_client.get(f"{PAGE}?del=pictures").context["sections"] if row["key"] == "pictures"
    )

    fields = {bound.name: bound.note for fields, _word in pictures["form"].fields_with_visibility() for bound in fields}
    assert (fields["cover_alt_sv"], fields["cover_alt_en"]) == (note, None)


def test_ones_own_company_opens_first(owner_client, owner):
    make_affiliation(owner, make_company("Annans AB"), "participant")

    assert owner_client.get("/mitt-foretag/").url == "/mitt-foretag/?foretag=oh-hej-ab"


def test_a_saved_section_stays_open_and_offers_the_next_step(owner_client):
    answer = save(owner_client, "place", htmx=True, town="Öjebyn", municipality="2581")

    section = answer.context["section"]
    assert (answer.status_code, section["is_open"], section["is_saved"]) == (200, True, True)
    assert ("Nästa: " in answer.content.decode(), "data-next" in answer.content.decode()) == (True, False)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"visibility:location": "members"}, "Sparat. Det gäller direkt."),
        ({"town": "Öjebyn"}, "Sparat i utkastet. Publicera när ni är klara."),
        (
            {"town": "Öjebyn", "visibility:location": "members"},
            "Sparat. Vem som ser det gäller direkt; texterna ligger i utkastet tills ni publicerar.",
        ),
    ],
    ids=["who sees it", "texts", "both"],
)
def test_the_answer_says_what_applies_at_once(owner_client, changed, said):
    answer = save(owner_client, "place", htmx=True, **changed)

    assert answer.context["saved_text"] == said


def test_without_javascript_one_comes_back_to_the_section_with_the_answer_in_it(owner_client):
    answer = save(owner_client, "place", town="Öjebyn", municipality="2581")

    shown = owner_client.get(answer.url.partition("#")[0])
    place, *_rest = [row for row in shown.context["sections"] if row["key"] == "place"]
    assert answer.url == "/mitt-foretag/?sparad=place#section-place"
    assert (place["is_open"], place["is_saved"]) == (True, True)


def test_moving_a_work_keeps_the_list_open(owner_client):
    company = make_company("Två verk", works=2)
    make_affiliation(owner_client.get("/").wsgi_request.user, company, "owner")
    key = company.profile.works.last().key
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}

    page = f"/mitt-foretag/arbeten/{key}/plats/?foretag=tva-verk"
    answer = owner_client.post(page, {"position": "0"}, headers=htmx)

    assert (answer.status_code, answer.context["section"]["is_open"]) == (200, True)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("/mitt-foretag/", "Profil – Oh hej AB – Creative North"),
        ("/mitt-foretag/personer/", "Personer – Oh hej AB – Creative North"),
        ("/mitt-foretag/organisationsnummer/", "Organisationsnummer – Oh hej AB – Creative North"),
        ("/mitt-foretag/nytt-arbete/", "Ett nytt arbete – Oh hej AB – Creative North"),
        ("/mitt-foretag/publicering/", "Se ändringarna – Oh hej AB – Creative North"),
    ],
)
def test_every_page_of_ones_company_has_a_title_of_its_own(owner_client, page, title):
    found = owner_client.get(page).content.decode()

    assert " ".join(found.partition("<title>")[2].partition("</title>")[0].split()) == title


def test_a_title_says_first_that_something_is_wrong(owner_client):
    page = owner_client.post("/mitt-foretag/personer/", {"email": "ingen adress"}).content.decode()

    assert " ".join(page.partition("<title>")[2].partition("</title>")[0].split()).startswith("Fel: Personer")


@pytest.mark.parametrize("number", [1, 3])
def test_my_company_asks_as_much_for_few_works_as_for_many(db, number, django_assert_num_queries):
    company, owner = make_company(works=number, sectors=[make_sector()], skills=[make_skill()]), make_user()
    make_affiliation(owner, company, "owner")
    client = signed_in(owner)
    client.get(PAGE)

    with django_assert_num_queries(13):
        client.get(PAGE)


def test_a_closed_section_is_fetched_when_it_is_opened(owner_client):
    closed = tight(owner_client.get(f"{PAGE}?del=summary").content.decode())
    opened = owner_client.get(f"{PAGE}?del=contact", headers={"HX-Request": "true"}).content.decode()

    assert ('name="phone"' in closed, 'href="/mitt-foretag/?del=contact#section-contact"' in closed) == (False, True)
    assert ("<html" in opened, 'name="phone"' in opened) == (False, True)
