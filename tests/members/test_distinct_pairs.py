"""Two companies that look alike and are not the same: marked, opened again, and forgotten when one is merged."""

import pytest

from members.actions.merging import merge_companies
from members.models import DistinctPair
from tests import html_validator
from tests.factories import make_company, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/members/company/duplicates/"
MARK, LIST, UNDO = f"{PAGE}apart/", f"{PAGE}apart/list/", f"{PAGE}apart/undo/"


def said(one, two):
    return {"one": one.pk, "two": two.pk}


def test_staff_mark_two_as_not_the_same_once_whichever_stands_first(staff_client, staff, duplicates):
    one, two = duplicates

    answers = [staff_client.post(MARK, pair) for pair in (said(two, one), said(one, two))]

    page = staff_client.get(PAGE)
    mark = DistinctPair.objects.get()
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, PAGE)] * 2
    assert (mark.one, mark.two, mark.decided_by) == (one, two, staff)
    assert (page.context["rows"], "1 par är märkt som inte samma" in page.content.decode()) == ([], True)
    assert staff_client.get(f"/admin/members/company/{one.pk}/twins/").context["rows"] == []


def test_mark_is_taken_back_and_both_are_in_the_history(staff_client, duplicates):
    staff_client.post(MARK, said(*duplicates))
    listed = list(staff_client.get(LIST).context["page"])

    answers = [staff_client.post(UNDO, said(*duplicates)).url for _ in range(2)]

    events = DistinctPair.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert ([(pair.one, pair.two) for pair in listed], answers) == ([duplicates], [LIST] * 2)
    assert ([row["one"] for row in staff_client.get(PAGE).context["rows"]], list(events)) == (
        [duplicates[0]],
        ["insert", "delete"],
    )


@pytest.mark.parametrize("goes_first", [True, False])
def test_mark_goes_when_one_of_the_two_is_merged(staff, staff_client, duplicates, goes_first):
    staff_client.post(MARK, said(*duplicates))
    third = make_company("Norrsken", member=False)

    merge_companies(by=staff, kept=third, gone=duplicates[0 if goes_first else 1])

    assert DistinctPair.objects.count() == 0


def test_pair_must_be_two_that_are_there_and_the_right_is_that_of_merging(
    staff_client, groups, duplicates, owner_client
):
    reader = signed_in(make_user(is_staff=True, groups=["reader"]))
    wrong = [said(duplicates[0], duplicates[0]), {"one": duplicates[0].pk, "two": 987654}, {"one": "x", "two": ""}, {}]

    answers = [staff_client.post(MARK, pair).status_code for pair in wrong]
    refused = [
        client.post(url, said(*duplicates)).status_code for client in (reader, owner_client) for url in (MARK, UNDO)
    ]

    assert (answers, refused) == ([404] * 4, [403, 403, 302, 302])
    assert (reader.get(LIST).status_code, DistinctPair.objects.count()) == (403, 0)


def test_list_of_marks_costs_the_same_for_many(staff_client, staff, django_assert_num_queries):
    companies = [make_company() for _ in range(6)]
    staff_client.get(LIST)
    for number in (1, 3):
        DistinctPair.objects.all().delete()
        for one, two in zip(companies[:number], companies[3:], strict=False):
            DistinctPair.objects.create(one=one, two=two, decided_by=staff)

        with django_assert_num_queries(4):
            staff_client.get(LIST)


def test_both_pages_are_valid_html(staff_client, duplicates):
    make_company("Norrsken", member=False)
    staff_client.post(MARK, said(*duplicates))

    pages = [staff_client.get(url).content.decode() for url in (PAGE, LIST)]

    assert [html_validator.errors(page) for page in pages] == [[], []]
