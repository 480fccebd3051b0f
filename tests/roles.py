"""The roles of design.md as pytest fixtures: a person, and a client that is signed in as that person.

Everyone belongs to `company` except the owner of `other_company`; staff and host belong to none.
"""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from creativenorth.management.commands.load_cluster import Command as LoadCluster
from members.models.affiliation import Role
from tests.factories import make_affiliation, make_company, make_user

ROLES = ["visitor", "participant", "editor", "owner", "other_owner", "host", "staff"]


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    key = client.session.session_key
    UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="Firefox")  # as allauth does
    return client


@pytest.fixture
def company(db):
    return make_company("Oh hej AB")


@pytest.fixture
def other_company(db):
    return make_company("Grannen AB")


def _affiliated(email, company, role):
    user = make_user(email)
    make_affiliation(user, company, role)
    return user


@pytest.fixture
def participant(company):
    return _affiliated("deltagare@hej.example", company, Role.PARTICIPANT)


@pytest.fixture
def editor(company):
    return _affiliated("redaktor@hej.example", company, Role.EDITOR)


@pytest.fixture
def owner(company):
    return _affiliated("agare@hej.example", company, Role.OWNER)


@pytest.fixture
def other_owner(other_company):
    return _affiliated("agare@granne.example", other_company, Role.OWNER)


@pytest.fixture
def groups(db):
    """The groups of staff with the permissions that the portal gives them."""
    LoadCluster()._groups()


@pytest.fixture
def host(groups):
    return make_user("vard@kluster.example", is_staff=True, groups=["host"])


@pytest.fixture
def staff(groups):
    """A coordinator who may do everything in the admin."""
    return make_user("samordnare@kluster.example", is_staff=True, is_superuser=True, groups=["coordinator"])


@pytest.fixture
def visitor_client(db):
    return Client()


@pytest.fixture
def participant_client(participant):
    return signed_in(participant)


@pytest.fixture
def editor_client(editor):
    return signed_in(editor)


@pytest.fixture
def owner_client(owner):
    return signed_in(owner)


@pytest.fixture
def other_owner_client(other_owner):
    return signed_in(other_owner)


@pytest.fixture
def host_client(host):
    return signed_in(host)


@pytest.fixture
def staff_client(staff):
    return signed_in(staff)
