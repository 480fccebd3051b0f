"""The staff's pages on which two become one: likely ones, side by side, and who may."""

import pytest
from allauth.account.models import EmailAddress

from members.models import Merge, User
from tests.factories import make_company, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/members/company/merge/"


def test_staff_read_two_side_by_side_and_merge(staff_client, duplicates):
    kept, gone = duplicates
    pair = staff_client.get(f"/admin/members/company/{gone.pk}/twins/").context["rows"][0][2]
    page = staff_client.get(pair)
    form = {"keep": kept.pk, "pair_digest": page.context["pair_digest"], "take-town": gone.pk, "take-name": kept.pk}

    first, again = staff_client.post(pair, form), staff_client.post(pair, form)

    kept.refresh_from_db()
    assert (page.context["kept"], page.context["gone"]) == (kept, gone)
    assert [row["name"] for row in page.context["differing"] if row["takes_gone"]] == ["town"]
    assert (first.status_code, first.url, again.url) == (302, f"/admin/members/company/{kept.pk}/change/", first.url)
    assert (kept.profile.town, kept.name, Merge.objects.count()) == ("Piteå", "Norrsken AB", 1)


def test_page_refuses_what_has_changed_and_what_may_not_be(staff_client, duplicates, staff, accounts):
    kept, gone = duplicates
    stale = staff_client.post(f"{PAGE}?one={kept.pk}&two={gone.pk}", {"keep": kept.pk, "pair_digest": "alt"})
    oneself = staff_client.post(
        f"/admin/members/user/merge/?one={staff.pk}&two={accounts[0].pk}", {"keep": accounts[0].pk, "pair_digest": "x"}
    )
    unknown = staff_client.get(f"{PAGE}?one={kept.pk}&two=999999")

    assert (stale.status_code, oneself.status_code, unknown.status_code) == (409, 422, 404)
    assert Merge.objects.count() == 0


@pytest.mark.parametrize("page", ["duplicates/", "merge/?one=1&two=2", "{}/twins/"])
@pytest.mark.parametrize("model", ["company", "user"])
def test_readers_and_others_do_not_merge(groups, owner_client, duplicates, owner, page, model):
    reader = signed_in(make_user(is_staff=True, groups=["reader"]))
    address = f"/admin/members/{model}/" + page.format(duplicates[0].pk if model == "company" else owner.pk)

    assert (reader.get(address).status_code, reader.post(address).status_code in (403, 405)) == (403, True)
    assert owner_client.get(address).status_code == 302


def test_likely_duplicates_are_found_by_what_they_share(staff_client, staff, django_assert_num_queries):
    one, two = make_company("Åkes Film AB"), make_company("ÅKES FILM Aktiebolag", email="hej@film.example")
    three = make_company("Annat", email="hej@film.example")
    make_company("Något helt annat", email="hej@annat.example")
    staff_client.get("/admin/members/company/duplicates/")

    with django_assert_num_queries(8):
        page = staff_client.get("/admin/members/company/duplicates/")
    duplicates = staff_client.get(f"/admin/members/company/{two.pk}/twins/")

    found = [({row["one"], row["two"]}, row["reasons"]) for row in page.context["rows"]]
    assert found == [({two, three}, "samma e-post"), ({one, two}, "samma namn")]
    assert [(other, why) for other, why, _url in duplicates.context["rows"]] == [
        (three, "samma e-post"),
        (one, "samma namn"),
    ]


def test_people_are_found_by_phone_and_by_an_address_that_is_the_others(staff_client, accounts):
    one, two = accounts
    User.objects.filter(pk=one.pk).update(phone="070-302 82 22")
    User.objects.filter(pk=two.pk).update(phone="+46 70 302 82 22")
    EmailAddress.objects.create(user=two, email="anna@bolag.example", verified=False)

    page = staff_client.get("/admin/members/user/duplicates/")

    assert [row["reasons"] for row in page.context["rows"]] == ["samma e-post, samma telefonnummer"]
