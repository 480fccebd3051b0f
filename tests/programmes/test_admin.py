"""Programmes and projects in the admin: publishing, taking off the site, funders in their order."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied

from programmes.actions import publish_programme, unpublish_programme
from programmes.models import Funder, Programme, Project
from tests.factories import make_programme, make_project, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/programmes/programme/"


def address(programme, page):
    return f"{LIST}{programme.pk}/{page}/"


def test_actions_may_be_repeated(staff):
    programme = make_programme(published=False)

    first = publish_programme(programme, by=staff).published_at
    second = publish_programme(programme, by=staff).published_at

    assert first == second is not None
    assert unpublish_programme(programme, by=staff).is_draft
    assert unpublish_programme(programme, by=staff).is_draft


@pytest.mark.parametrize("action", [publish_programme, unpublish_programme])
def test_actions_are_for_staff_with_the_permission(action, host, owner):
    programme = make_programme(published=False)

    for person in (host, owner, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            action(programme, by=person)


def test_staff_publish_and_take_off_the_site(staff_client):
    programme = make_programme(published=False)

    published = staff_client.post(address(programme, "publication"))
    is_public = Programme.objects.public().exists()
    staff_client.post(address(programme, "withdrawal"))

    assert published.url == address(programme, "change")
    assert is_public
    assert Programme.objects.get().is_draft


@pytest.mark.parametrize("endpoint", ["publication", "withdrawal"])
def test_staff_without_the_permission_and_gets_change_nothing(staff_client, endpoint):
    reader = make_user("lasare@kluster.example", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_programme"))
    programme = make_programme(published=False)

    assert signed_in(reader).post(address(programme, endpoint)).status_code == 403
    assert staff_client.get(address(programme, endpoint)).status_code == 405
    assert Programme.objects.get().is_draft


def test_saving_and_publishing_is_one_step(staff_client):
    data = {"title_sv": "Leda", "slug": "leda", "summary_sv": "Kort", "target_group": "manager", "order": "1"}

    response = staff_client.post(f"{LIST}add/", data | {"_publish": "1"})

    programme = Programme.objects.get()
    assert response.url == address(programme, "change")
    assert not programme.is_draft


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
