"""The staff's own accounts: inviting colleagues, changing roles, taking them away."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from creativenorth.history.entries import entries
from creativenorth.mail.models import Mail
from members.actions import staff_accounts
from members.models import User
from members.models.user import StaffRole
from tests import html_validator
from tests.factories import make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/admin/members/user/staff/"
STEPS = ("role", "staff-withdrawal")
NEW = {"name": "Eva Ekonom", "email": "eva@kluster.example", "role": "economist", "language": "sv"}


def roles_of(person):
    return sorted(person.groups.values_list("name", flat=True))


def page_of(person, step):
    return f"/admin/members/user/{person.pk}/{step}/"


@pytest.fixture
def client(coordinator):
    return signed_in(coordinator)


@pytest.fixture
def colleague(groups):
    return make_user("kim@kluster.example", name="Kim Kollega", is_staff=True, groups=["host"])


def test_a_colleague_is_invited_with_a_role_and_told_how_to_sign_in(client, coordinator):
    answers = [client.post(PAGE, NEW).status_code for _ in range(2)]

    person, mail = User.objects.get(email="eva@kluster.example"), Mail.objects.get()
    assert (answers, person.is_staff, person.is_superuser, roles_of(person)) == ([302, 302], True, False, ["economist"])
    assert (mail.to, mail.subject, mail.reply_to) == (
        "eva@kluster.example",
        "Inbjudan till personalen på Creative North",
        coordinator.email,
    )
    assert ("Ekonom" in mail.text or "ekonom" in mail.text, "/admin/" in mail.text) == (True, True)


def test_an_account_that_exists_is_taken_up_as_it_is(client):
    member = make_user("eva@kluster.example", name="Eva E")

    client.post(PAGE, NEW)

    member.refresh_from_db()
    assert (member.name, member.is_staff, roles_of(member)) == ("Eva E", True, ["economist"])


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": "eva"}, "email"),
        ({"name": "eva.example"}, "name"),
        ({"role": "superuser"}, "role"),
        ({"role": ""}, "role"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(client, fields, wrong):
    page = client.post(PAGE, NEW | fields)

    assert (page.status_code, list(page.context["form"].errors), Mail.objects.count()) == (422, [wrong], 0)
    assert html_validator.errors(page.content.decode()) == []


def test_a_closed_account_is_not_opened_by_an_invitation(client):
    make_user("eva@kluster.example", is_active=False)

    page = client.post(PAGE, NEW)

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["email"])


def test_a_role_is_changed_told_and_stands_in_the_history(client, coordinator, colleague):
    for _ in range(2):
        client.post(page_of(colleague, "role"), {"role": "reader"})

    changes = [
        (entry.who, change.before or change.after) for entry in entries(colleague)[:2] for change in entry.changes
    ]
    assert (roles_of(colleague), Mail.objects.count()) == (["reader"], 1)
    assert changes == [(str(coordinator), "reader"), (str(coordinator), "host")]


def test_a_role_is_taken_away_after_asking_and_the_account_stays(client, colleague):
    asked = client.get(page_of(colleague, "staff-withdrawal"))
    for _ in range(2):
        client.post(page_of(colleague, "staff-withdrawal"))

    colleague.refresh_from_db()
    assert (asked.status_code, html_validator.errors(asked.content.decode())) == (200, [])
    assert (colleague.is_staff, colleague.is_active, roles_of(colleague), Mail.objects.count()) == (False, True, [], 1)


@pytest.mark.parametrize(("step", "data"), [("role", {"role": "reader"}), ("staff-withdrawal", {})])
def test_the_last_coordinator_stays(client, coordinator, step, data):
    client.post(page_of(coordinator, step), data)

    coordinator.refresh_from_db()
    assert (coordinator.is_staff, roles_of(coordinator)) == (True, ["coordinator"])


def test_the_last_coordinator_stays_in_the_peoples_form_too(client, coordinator):
    page = client.get(page_of(coordinator, "change"))
    form = page.context["adminform"].form
    data = {name: form.initial[name] for name in ("email", "name", "phone", "language")}
    rows = {"affiliations-TOTAL_FORMS": 0, "affiliations-INITIAL_FORMS": 0}

    answer = client.post(page_of(coordinator, "change"), data | rows)

    assert list(answer.context["adminform"].form.errors) == ["is_active"]
    assert User.objects.get(pk=coordinator.pk).is_active


@pytest.mark.parametrize(("step", "data"), [("role", {"role": "reader"}), ("staff-withdrawal", {})])
def test_an_account_with_every_right_is_left_alone(client, step, data):
    root = make_user(is_staff=True, is_superuser=True)

    assert client.post(page_of(root, step), data).status_code == 403
    root.refresh_from_db()
    assert (root.is_staff, root.is_superuser) == (True, True)


@pytest.mark.parametrize("role", ["host", "reader", "economist"])
def test_only_coordinators_see_to_the_staff(groups, coordinator, colleague, role):
    client = signed_in(make_user(is_staff=True, groups=[role]))

    codes = [client.get(PAGE).status_code, client.post(PAGE, NEW).status_code]
    codes += [client.post(page_of(colleague, step), {"role": "coordinator"}).status_code for step in STEPS]

    assert (codes, roles_of(colleague)) == ([403] * 4, ["host"])


def test_who_has_lost_the_right_meanwhile_changes_nothing(coordinator, colleague):
    make_user(is_staff=True, groups=["coordinator"])
    assert coordinator.has_perm("members.manage_staff")  # remembered by this object
    coordinator.groups.clear()

    with pytest.raises(PermissionDenied):
        staff_accounts.change_role(by=coordinator, person=colleague, role=StaffRole.COORDINATOR)


def test_the_list_tells_who_has_a_second_step(client, coordinator, colleague):
    Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.RECOVERY_CODES, data={})

    page = client.get(PAGE)

    assert {row["person"]: row["person"].has_second_factor for row in page.context["people"]} == {
        coordinator: False,
        colleague: True,
    }
    assert html_validator.errors(page.content.decode()) == []


def test_an_invitation_that_nobody_answers_lapses(client, coordinator, colleague):
    client.post(PAGE, NEW)
    eva, long_ago = User.objects.get(email="eva@kluster.example"), timezone.now() - timedelta(days=15)
    User.objects.filter(pk__in=[eva.pk, coordinator.pk]).update(invited_to_staff_at=long_ago, last_login=None)
    User.objects.filter(pk=colleague.pk).update(invited_to_staff_at=long_ago, last_login=timezone.now())

    staff_accounts.withdraw_unanswered()

    assert [roles_of(person) for person in (eva, coordinator, colleague)] == [[], ["coordinator"], ["host"]]
    assert User.objects.filter(is_staff=True).count() == 2


def test_who_was_signed_in_with_a_second_step_keeps_the_role(client):
    client.post(PAGE, NEW)
    long_ago, eva = timezone.now() - timedelta(days=15), User.objects.get(email="eva@kluster.example")
    User.objects.filter(pk=eva.pk).update(invited_to_staff_at=long_ago, last_login=long_ago - timedelta(days=9))
    Authenticator.objects.create(user=eva, type=Authenticator.Type.TOTP, data={})

    staff_accounts.withdraw_unanswered()

    assert roles_of(eva) == ["economist"]


def test_the_economist_reads_what_readers_read_except_what_is_not_published(groups):
    def permissions(name):
        return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))

    assert permissions("economist") ^ permissions("reader") == {"view_profileversion", "read_number"}
