"""Logo and large picture: written anew, kept in the draft until it is published, described, cut for the card."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin import site
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from creativenorth.files import images
from members.actions.profile.pictures import remove_unnamed
from members.admin.companies import CompanyAdmin
from members.models import Company
from tests.factories import make_news, make_project, make_strategy
from tests.members.test_profile import PAGE, publish, said, save, section, values
from tests.uploads import drawing, no_picture, picture

ALT = {"cover_alt_sv": "En sal full av folk"}


def stored(folder=""):
    """The names of all pictures that lie there."""
    _folders, files = default_storage.listdir(folder) if default_storage.exists(folder) else ([], [])
    return sorted(files)


def test_logo_waits_in_the_draft_until_it_is_published(owner_client, company, client):
    save(owner_client, "pictures", logo=picture())
    before = client.get(company.url).content.decode()

    publish(owner_client)

    logo = said(company).logo
    assert logo.url not in before
    assert logo.url in client.get(company.url).content.decode()
    assert images.size_of(logo.name) == (1000, 500)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_is_ours_without_place_and_upright(owner_client, company, kind):
    save(owner_client, "pictures", cover=picture(kind, turned=True), **ALT)
    name = values(company)["cover"]

    files = {width: told(file) for width, file in images.sizes(name).items()}

    assert files == {400: ("WEBP", (400, 800), {}), 500: ("WEBP", (500, 1000), {})}


def told(name):
    """What a stored picture tells of itself."""
    with default_storage.open(name) as file, Image.open(file) as found:
        return found.format, found.size, dict(found.getexif())


def test_files_of_a_draft_go_when_nothing_names_them_and_those_of_earlier_versions_stay(
    owner_client, company, django_capture_on_commit_callbacks
):
    steps = [
        lambda: save(owner_client, "pictures", logo=picture(colour="red")),
        lambda: save(owner_client, "pictures", logo=picture(colour="blue")),
        lambda: publish(owner_client),
        lambda: save(owner_client, "pictures", remove_logo="on"),
        lambda: publish(owner_client),
    ]
    counts = []
    for step in steps:
        with django_capture_on_commit_callbacks(execute=True):
            step()
        counts.append(len(stored("logos")))

    assert counts == [3, 3, 3, 3, 3]


def test_discarded_draft_takes_its_pictures_along(owner_client, company, django_capture_on_commit_callbacks):
    save(owner_client, "pictures", logo=picture())
    version = company.draft.revision

    with django_capture_on_commit_callbacks(execute=True):
        owner_client.post("/mitt-foretag/utkast/slang/", {"version": version, "confirmed": "yes"})

    assert stored("logos") == []


def test_form_sent_twice_keeps_one_picture(owner_client, company):
    (shown,) = [row for row in owner_client.get(f"{PAGE}?del=pictures").context["sections"] if row["key"] == "pictures"]
    data = {"read_digests": shown["form"]["read_digests"].value(), "cover_crop": "centre"}
    data |= {"visibility:logo": "public", "visibility:cover": "public"}

    answers = [owner_client.post(f"{PAGE}del/pictures/", data | {"logo": picture()}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert len(stored("logos")) == len(images.sizes(values(company)["logo"]))


def test_large_picture_wants_a_description_and_is_not_chosen_twice(owner_client, company):
    first = save(owner_client, "pictures", cover=picture())
    chosen = values(company)["cover"]
    form = next(row["form"] for row in first.context["sections"] if row["key"] == "pictures")
    second = save(
        owner_client,
        "pictures",
        {"read_digests": form["read_digests"].value(), "cover_crop": "top"}
        | ALT
        | {"visibility:logo": "public", "visibility:cover": "public"},
    )

    assert (first.status_code, second.status_code) == (422, 302)
    assert "Beskriv bilden" in first.content.decode()
    assert values(company) == {"cover": chosen, "cover_crop": "top"} | ALT


def test_picture_without_description_is_not_published(owner_client, company):
    save(owner_client, "pictures", cover=picture())

    response = publish(owner_client)

    assert response.status_code == 422
    assert "Sätt en rubrik och beskriv bilden först: den stora bilden." in response.content.decode()
    assert said(company).cover.name == ""


def test_no_picture_is_refused_and_what_was_typed_stays(owner_client, company):
    response = save(owner_client, "pictures", logo=no_picture(), **ALT)

    assert response.status_code == 422
    assert "Spara bilden som PNG" in response.content.decode()
    assert 'value="En sal full av folk"' in response.content.decode()
    assert (values(company), stored("logos")) == ({}, [])


def test_card_and_page_show_the_large_picture_cut_where_the_company_says(owner_client, company, client):
    save(owner_client, "pictures", cover=picture(), cover_crop="top", **ALT)
    publish(owner_client)
    cover = said(company).cover

    card, page = client.get("/foretag/").content.decode(), client.get(company.url).content.decode()

    shown = f'height="500" sizes="{{}}" src="{cover.url}" srcset="{images.srcset(cover.name)}" width="1000"'
    assert f'<img alt="" class="crop crop--top" {shown.format("(min-width: 64rem) 25vw, 50vw")}' in card
    assert f'<img alt="En sal full av folk" class="crop crop--top" {shown.format("100vw")}' in page


def save_as_staff(client, company, changes):
    page = f"/admin/members/profileversion/{said(company).pk}/change/"
    form = client.get(page).context["adminform"].form
    data = {bound.html_name: bound.value() for bound in form if bound.value() and bound.name not in ("logo", "cover")}
    data |= {"works-TOTAL_FORMS": "0", "works-INITIAL_FORMS": "0"}
    return client.post(page, data | changes)


@pytest.mark.parametrize("field", ["logo", "cover"])
def test_staff_upload_is_written_anew_too(staff_client, company, field):
    response = save_as_staff(staff_client, company, {field: picture("JPEG", name="katt.jpg")} | ALT)

    assert (response.status_code, response.context and response.context["errors"]) == (302, None)
    assert images.size_of(getattr(said(company), field).name) == (1000, 500)
    assert len(stored(f"{field}s")) == 3


def test_picture_chosen_beside_a_conflict_is_kept_in_the_draft(owner_client, editor_client, company):
    save(owner_client, "pictures", cover=picture(), **ALT)
    mine = section(owner_client, "pictures")
    save(editor_client, "pictures", cover_alt_sv="En annan sal")

    first = save(owner_client, "pictures", mine | {"logo": picture(colour="blue"), "cover_alt_sv": "Min sal"})

    assert (first.status_code, images.size_of(values(company)["logo"])) == (409, (1000, 500))
    assert values(company)["cover_alt_sv"] == "En annan sal"


def test_picture_in_conflict_is_to_be_chosen_again(owner_client, editor_client, company):
    mine = section(owner_client, "pictures")
    save(editor_client, "pictures", cover=picture(colour="red"), **ALT)
    theirs = values(company)["cover"]

    answer = save(owner_client, "pictures", mine | {"cover": picture(colour="blue"), "cover_alt_sv": "Blå"})

    form = next(row["form"] for row in answer.context["sections"] if row["key"] == "pictures")
    assert (answer.status_code, form.picture_name("cover"), values(company)["cover"]) == (409, theirs, theirs)
    assert "Välj din igen om du vill ha kvar den." in form.errors["cover"][0]


def test_pictures_go_with_their_company(staff_client, company, django_capture_on_commit_callbacks):
    save_as_staff(staff_client, company, {"logo": picture(colour="red")})
    save_as_staff(staff_client, company, {"logo": picture(colour="blue")})
    before = len(stored("logos"))
    company.memberships.all().delete(), company.affiliations.all().delete()

    with django_capture_on_commit_callbacks(execute=True):
        CompanyAdmin(Company, site).delete_queryset(None, Company.objects.filter(pk=company.pk))

    assert (before, stored("logos")) == (6, [])


def test_what_is_left_behind_goes_at_night_and_what_is_named_stays(owner_client, company):
    save(owner_client, "pictures", logo=picture(colour="red"))
    drafted, left = set(stored("logos")), images.rewritten(picture(colour="blue"))
    images.store(f"logos/{left.name}", left)

    remove_unnamed()
    too_new = len(stored("logos"))
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        remove_unnamed()

    assert (too_new, set(stored("logos"))) == (6, drafted)


def test_files_of_news_strategies_and_funders_go_once_nothing_names_them(db):
    funder = make_project().funders.first()
    news, strategy = make_news(alt_sv="En vägg", alt_en="A wall"), make_strategy()
    for number in range(2):  # the first of each is replaced
        news.picture.save(f"{number}-1000x500.webp", picture())
        funder.logo.save(f"{number}-1000x500.webp", picture())
        strategy.document.save("plan.pdf", ContentFile(b"%PDF-1.7"))
    folders = ("news", "funders", "strategies")
    before = [len(stored(folder)) for folder in folders]

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        remove_unnamed()

    assert (before, [len(stored(folder)) for folder in folders]) == ([6, 6, 2], [3, 3, 1])


@pytest.mark.parametrize(("colour", "ground"), [("white", {0, 3, 4, 7}), ("navy", {1, 2, 5, 6})])
def test_logo_keeps_its_transparency_and_stands_on_a_ground_where_it_is_seen(
    owner_client, company, client, colour, ground
):
    save(owner_client, "pictures", logo=drawing(colour))
    publish(owner_client)

    with said(company).logo.open() as file, Image.open(file) as found:
        corner = found.convert("RGBA").getpixel((0, 0))
    page = client.get("/foretag/").content.decode()
    stands_on = re.search(r"company__picture--logo emblem--(\d)", page)[1]
    assert (corner[3], int(stands_on) in ground) == (0, True)


def test_logo_too_small_is_told_its_size(owner_client, company):
    response = save(owner_client, "pictures", logo=drawing("navy", size=(8, 8)))

    form = next(row["form"] for row in response.context["sections"] if row["key"] == "pictures")
    assert form.errors["logo"] == ["Bilden har bara 8 × 8 bildpunkter. Välj en med minst 200 på den längre sidan."]
