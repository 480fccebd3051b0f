"""One click on the page of a registration signs the same person up to another activity."""

from datetime import timedelta

import pytest

from tests.events.seats import join, make_course, states

pytestmark = pytest.mark.django_db


def test_one_click_by_the_mails_link_signs_up_to_the_next_activity(client):
    course, coming = make_course(1), make_course(1, starts_in=timedelta(days=40), title="Nästa")
    address = f"/plats/{join(course).token}/"
    page = client.get(address)
    assert page.context["again"] == [coming]

    data = {"idempotency_key": page.context["idempotency_key"]}
    answers = [client.post(f"{address}anmalan/{coming.slug}/", data) for _ in range(2)]

    assert (states(coming), len({answer.url for answer in answers})) == (["confirmed"], 1)


def test_each_of_several_buttons_on_one_page_signs_up_to_its_own_activity(client):
    coming = [make_course(1, starts_in=timedelta(days=days), title=f"Nästa {days}") for days in (40, 50, 60)]
    address = f"/plats/{join(make_course(1)).token}/"
    page = client.get(address)
    assert page.context["again"] == coming

    data = {"idempotency_key": page.context["idempotency_key"]}
    urls = [client.post(f"{address}anmalan/{each.slug}/", data).url for each in (*coming, *coming)]

    assert ([states(each) for each in coming], urls[:3]) == ([["confirmed"]] * 3, urls[3:])
    assert len(set(urls)) == 3
