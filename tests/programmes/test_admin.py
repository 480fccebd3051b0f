"""Programmes and projects in the admin: publishing, taking off the site, funders in their order."""

import pytest

from programmes.models import Funder, Programme, Project
from tests.factories import make_programme, make_project, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/programmes/programme/"


DATA = {"title_sv": "Leda", "slug": "leda", "summary_sv": "Kort", "target_group": "manager", "order": "1"}


@pytest.mark.parametrize(
    ("data", "state"),
    [({}, "draft"), ({"_publish": "1"}, "published"), ({"published_at": "2031-05-02T09:30"}, "scheduled")],
)
def test_staff_keep_a_draft_publish_now_or_at_a_time(staff_client, data, state):
    staff_client.post(f"{LIST}add/", DATA | data)

    assert Programme.objects.get().publish_state == state


def test_what_is_public_keeps_its_address_and_is_made_a_draft_again_by_those_who_may_change_it(staff_client):
    programme = make_programme(slug="kvar")
    reader = signed_in(make_user("lasare@kluster.example", is_staff=True, groups=["reader"]))

    states = []
    for client in (reader, staff_client):
        client.post(f"{LIST}{programme.pk}/change/", DATA | {"_withdraw": "1"})
        programme = Programme.objects.get()
        states.append((programme.publish_state, programme.slug))

    assert states == [("published", "kvar"), ("draft", "kvar")]


def test_project_is_kept_with_its_funders(staff_client):
    data = {
        "name_sv": "Creative North 2",
        "summary_sv": "Fler företag.",
        "period": "2021-2027",
        "funders-TOTAL_FORMS": "2",
        "funders-INITIAL_FORMS": "0",
        "funders-0-order": "2",
        "funders-0-name_sv": "Kommunen",
        "funders-1-order": "1",
        "funders-1-name_sv": "Regionen",
    }

    staff_client.post("/admin/programmes/project/add/", data)

    assert [funder.name_sv for funder in Project.objects.get().funders.all()] == ["Regionen", "Kommunen"]


def test_a_second_present_project_is_refused(staff_client):
    make_project(funders=[])
    data = {"name_sv": "Nytt", "summary_sv": "Nytt", "period": "2021-2027", "is_present": "on"}
    data |= {"funders-TOTAL_FORMS": "0", "funders-INITIAL_FORMS": "0"}

    response = staff_client.post("/admin/programmes/project/add/", data)

    assert response.context["adminform"].form.errors
    assert (Project.objects.count(), Funder.objects.count()) == (1, 0)
