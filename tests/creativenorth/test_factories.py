import pytest

from events.models import Activity
from members.models import Company
from programmes.models import Programme
from tests import factories
from tests.roles import ROLES


@pytest.mark.django_db
def test_factories_make_what_visitors_see_unless_told_otherwise():
    company, hidden = factories.make_full_company(), factories.make_company(published=False)
    former = factories.make_company(member=False)
    activity, draft = factories.make_activity(sessions=2), factories.make_activity(published=False)
    programme = factories.make_programme(project=factories.make_project())

    assert list(Company.objects.public()) == [company]
    assert {hidden, former} <= set(Company.objects.all())
    assert (list(Activity.objects.public()), draft.is_draft) == ([activity], True)
    assert activity.sessions.count() == 2
    assert list(Programme.objects.public()) == [programme]
    assert programme.project.funders.count() == 8


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_role_clients_are_signed_in_as_their_person(role, request):
    person = request.getfixturevalue(role)
    client = request.getfixturevalue(f"{role}_client")

    assert client.session["_auth_user_id"] == str(person.pk)
