"""A file dies with the visibility of what it belongs to, at every width and for whoever knows its address."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from creativenorth.files import images
from tests.factories import make_company, make_news, make_strategy, make_user, make_work, say
from tests.roles import signed_in
from tests.uploads import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(company):
    """The company with logo, large picture and a work; the addresses of these files, narrower ones among them."""
    names = {}
    for field, folder in (("logo", "logos"), ("cover", "covers"), ("work", "works")):
        file = images.rewritten(picture(size=(900, 600)))
        names[field] = images.store(f"{folder}/{file.name}", file)
    say(company, logo=names["logo"], cover=names["cover"], cover_alt_sv="Vi")
    make_work(company, "Spel", picture=names["work"], alt_sv="Spelet")
    company.published_at = timezone.now()
    company.save(update_fields=["published_at"])
    return {field: [default_storage.url(each) for each in images.sizes(name).values()] for field, name in names.items()}


def fetched(client, address, **headers):
    """The answer, read to its end, which closes its file."""
    response = client.get(address, headers=headers)
    if response.streaming:
        list(response.streaming_content)
    return response


def codes(client, addresses):
    return {fetched(client, address).status_code for address in addresses}


def test_what_everybody_sees_is_asked_for_anew_after_a_minute(client, shown):
    first = fetched(client, shown["logo"][0])

    again = fetched(client, shown["logo"][0], **{"If-None-Match": first.headers["ETag"]})

    assert (len(shown["logo"]), first.status_code, again.status_code) == (3, 200, 304)
    assert first.headers["Cache-Control"] == "public, max-age=60, must-revalidate"


@pytest.mark.parametrize(("field", "part"), [("logo", "logo"), ("cover", "cover"), ("work", "works")])
def test_what_is_hidden_is_gone_for_all_but_its_own_people_and_staff(
    client, company, shown, field, part, participant_client, other_owner_client, staff_client
):
    fetched(client, shown[field][0])
    company.visibility = {part: "hidden"}
    company.save(update_fields=["visibility"])

    answers = [codes(each, shown[field]) for each in (client, other_owner_client, participant_client, staff_client)]

    assert answers == [{404}, {404}, {200}, {200}]
    assert fetched(staff_client, shown[field][0]).headers["Cache-Control"].startswith("private, max-age=60")


def test_what_members_see_is_for_them(client, company, shown, other_owner_client):
    company.visibility = {"logo": "members"}
    company.save(update_fields=["visibility"])

    guest = signed_in(make_user("gast@hem.example"))

    assert [codes(each, shown["logo"]) for each in (client, guest, other_owner_client)] == [{404}, {404}, {200}]


@pytest.mark.parametrize("taken_down", [True, False])
def test_pictures_of_a_page_that_is_no_longer_there_are_gone(client, company, shown, taken_down):
    if taken_down:
        company.published_at = None
        company.save(update_fields=["published_at"])
    else:
        company.memberships.update(left_on=timezone.localdate())

    assert codes(client, [address for addresses in shown.values() for address in addresses]) == {404}


@pytest.mark.parametrize("published_at", [None, timezone.now()], ids=["draft", "earlier"])
def test_a_picture_of_a_draft_or_an_earlier_version_is_for_its_own_people(
    client, company, owner_client, other_owner_client, published_at
):
    file = images.rewritten(picture())
    name = images.store(f"logos/{file.name}", file)
    company.versions.create(published_at=published_at, logo=name)

    answers = [codes(each, [default_storage.url(name)]) for each in (client, other_owner_client, owner_client)]

    assert answers == [{404}, {404}, {200}]


def test_files_of_drafts_of_news_and_strategies_are_for_staff(client, staff_client):
    news, strategy = make_news(published=False, alt_sv="Ett hus", alt_en="A house"), make_strategy(published=False)
    news.picture.save("a-1000x500.webp", picture())
    strategy.document.save("plan.pdf", picture())
    addresses = [news.picture.url, strategy.document.url]

    assert [codes(each, addresses) for each in (client, staff_client)] == [{404}, {200}]
    for one in (news, strategy):
        type(one).objects.filter(pk=one.pk).update(published_at=timezone.now())
    assert codes(make_company() and client, addresses) == {200}
