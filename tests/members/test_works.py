"""A company's works: written one by one into the draft, put in order, taken away and put back."""

from uuid import UUID

import pytest

from members.actions.profile.correcting import correction
from members.actions.profile.works import MOST_WORKS, save_work
from members.models import Company, Work
from tests.factories import make_work
from tests.members.test_pictures import stored
from tests.members.test_profile import PAGE, has_draft, publish, said
from tests.uploads import picture

NEW = f"{PAGE}nytt-arbete/"
CONFIRMED = {"confirmed": "yes"}


def fields(client, address):
    """What the browser would send of the form at the address, and where to."""
    response = client.get(address)
    form = response.context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() is not None and bound.name != "picture"}
    return data, response.context["work"]["url"]


def add(client, **changes):
    data, url = fields(client, NEW)
    return client.post(url, data | {"title_sv": "Ljudbok"} | changes)


def titles(company):
    return [work.title_sv for work in said(company).shown_works]


def drafted(company):
    """The works of the draft, in their order."""
    draft = Company.objects.get(pk=company.pk).draft
    return draft.shown_works if draft else []


def test_new_work_is_in_the_draft_and_then_on_the_page(owner_client, company, client):
    add(owner_client, text_sv="# Om\n\nEn **bok**", picture=picture(), alt_sv="En bok", year="2025")
    before = titles(company)

    publish(owner_client)

    page = client.get(company.url).content.decode()
    assert (before, titles(company)) == ([], ["Ljudbok"])
    assert "<h4>Om</h4>" in page
    assert "<strong>bok</strong>" in page
    assert 'alt="En bok"' in page


def test_new_work_sent_twice_is_one(owner_client, company):
    data, url = fields(owner_client, NEW)

    answers = [
        owner_client.post(url, data | {"title_sv": "Ljudbok", "picture": picture(), "alt_sv": "Bok"}) for _ in "ab"
    ]

    page = f"{PAGE}?del=works&sparat={url.split('/')[-2]}#section-works"
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, page)] * 2
    assert len(drafted(company)) == 1
    assert len(stored("works")) == 3


def test_work_with_errors_keeps_everything_and_its_picture(owner_client, company):
    response = add(owner_client, title_sv="", text_sv="En bok", picture=picture())

    (work,) = drafted(company)
    assert response.status_code == 422
    assert [*response.context["form"].errors] == ["title_sv", "alt_sv"]
    assert "En bok</textarea>" in response.content.decode()
    assert work.picture.url in response.content.decode()


def test_unfinished_work_is_not_published(owner_client, company):
    add(owner_client, title_sv="", picture=picture())

    assert publish(owner_client).status_code == 422
    assert titles(company) == []


@pytest.fixture
def three(company):
    return [make_work(company, title, order=order) for order, title in enumerate("ABC")]


def test_live_work_is_changed(owner_client, company, three):
    data, url = fields(owner_client, f"{PAGE}arbeten/{three[1].key}/")
    owner_client.post(url, data | {"title_sv": "Bättre", "website": "b.example"})

    publish(owner_client)

    assert titles(company) == ["A", "Bättre", "C"]
    assert said(company).works.get(title_sv="Bättre").website == "https://b.example"


def test_position_is_where_it_was_asked_to_be_however_often(owner_client, company, three):
    for _ in range(2):
        response = owner_client.post(f"{PAGE}arbeten/{three[2].key}/plats/", {"position": "0"})
    publish(owner_client)

    assert response.status_code == 302
    assert titles(company) == ["C", "A", "B"]


@pytest.mark.parametrize("position", ["", "-1", "x", "100"])
def test_position_that_is_none_is_not_found(owner_client, three, position):
    assert owner_client.post(f"{PAGE}arbeten/{three[2].key}/plats/", {"position": position}).status_code == 404


def test_removed_work_goes_with_the_next_publishing(owner_client, company):
    add(owner_client, picture=picture(), alt_sv="En bok")
    publish(owner_client)
    owner_client.post(f"{PAGE}arbeten/{said(company).works.get().key}/ta-bort/", CONFIRMED)
    before = titles(company)

    publish(owner_client)

    assert (before, titles(company)) == (["Ljudbok"], [])


def test_removed_work_is_put_back(owner_client, company, three):
    address = f"{PAGE}arbeten/{three[0].key}/ta-bort/"
    owner_client.post(address, CONFIRMED)

    owner_client.post(address, {"put_back": "1"})

    assert not has_draft(company)


def test_new_work_that_is_removed_leaves_nothing(owner_client, company, django_capture_on_commit_callbacks):
    add(owner_client, picture=picture(), alt_sv="En bok")
    key = drafted(company)[0].key

    with django_capture_on_commit_callbacks(execute=True):
        answers = [owner_client.post(f"{PAGE}arbeten/{key}/ta-bort/", CONFIRMED).status_code for _ in range(2)]

    assert (answers, has_draft(company), stored("works")) == ([302, 302], False, [])


def test_writing_in_a_work_that_was_taken_away_meanwhile_puts_it_back(
    owner_client, editor_client, editor, three, company
):
    address = f"{PAGE}arbeten/{three[0].key}/"
    data, url = fields(owner_client, address)
    editor_client.post(f"{address}ta-bort/", CONFIRMED)

    first = owner_client.post(url, data | {"title_sv": "Mitt"})
    form = first.context["form"]
    second = owner_client.post(url, data | {"title_sv": "Mitt", "read_digests": form["read_digests"].value()})

    assert (first.status_code, second.status_code) == (409, 302)
    assert form.non_field_errors()[0].startswith(f"{editor.name} har tagit bort det här under tiden.")
    assert [work.title_sv for work in drafted(company)] == ["Mitt", "B", "C"]


@pytest.mark.parametrize(("written", "left"), [(2, ["B", "C"]), (0, ["A", "B", "C"])])
def test_work_that_staff_deleted_stays_in_the_draft_only_where_somebody_writes_in_it(
    owner_client, staff, company, three, written, left
):
    data, url = fields(owner_client, f"{PAGE}arbeten/{three[written].key}/")
    owner_client.post(url, data | {"year": "2024"})
    with correction(by=staff, version=said(company)):
        three[0].delete()

    page, response = owner_client.get(PAGE), publish(owner_client)

    assert [work["title"] for work in page.context["works"]] == left
    assert (response.status_code, titles(company)) == (302, left)


def test_there_is_room_for_so_many(owner, owner_client, company):
    for number in range(MOST_WORKS):
        save_work(
            by=owner, company=company, key=UUID(int=number), changes={"title_sv": f"Nr {number}"}, read_digests={}
        )

    response = add(owner_client, title_sv="En till")

    assert response.status_code == 409
    assert 'value="En till"' in response.content.decode()
    assert len(drafted(company)) == MOST_WORKS


@pytest.mark.parametrize("key", [UUID(int=1), "x", "012"])
def test_unknown_work_is_not_found(owner_client, key):
    assert owner_client.get(f"{PAGE}arbeten/{key}/").status_code == 404


def test_anothers_work_is_not_found(owner_client, other_company, company):
    work = make_work(other_company, "Deras")

    answers = [
        owner_client.post(f"{PAGE}arbeten/{work.key}/{part}", {"title_sv": "X", "position": "0"}).status_code
        for part in ("", "plats/", "ta-bort/")
    ]

    assert (answers, has_draft(company), Work.objects.count()) == ([404] * 3, False, 1)


def test_markdown_of_a_work_is_shown_without_being_saved(owner_client, company):
    response = add(owner_client, text_sv="**Ljud** <script>", show="1")

    assert "<p><strong>Ljud</strong> &lt;script&gt;</p>" in response.content.decode()
    assert not has_draft(company)


def test_text_of_a_work_that_staff_took_away_meanwhile_becomes_that_of_a_new_one(owner_client, company):
    work = make_work(company, "Ljudbok", text_sv="Om ljud")
    data, url = fields(owner_client, f"{PAGE}arbeten/{work.key}/")
    work.delete()

    answer = owner_client.post(url, data | {"title_sv": "Ljudbok två"})
    form = answer.context["form"]
    again = owner_client.post(
        answer.context["work"]["url"], data | {"title_sv": "Ljudbok två", "read_digests": form["read_digests"].value()}
    )

    assert (answer.status_code, form["title_sv"].value(), again.status_code) == (409, "Ljudbok två", 302)
    assert [(work.title_sv, work.text_sv) for work in drafted(company)] == [("Ljudbok två", "Om ljud")]
