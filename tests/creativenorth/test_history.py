"""History is written by the database itself, whoever changes a row and however; nobody changes history."""

import re
from datetime import timedelta

import pghistory
import pytest
from django.contrib.auth.models import Group, Permission
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from creativenorth.history.entries import entries
from creativenorth.history.recording import MAY_EMPTY
from members.models import Company, ProfileVersion, User
from members.models.user import GroupPermission
from tests import html_validator
from tests.factories import make_company, make_sector, make_user

pytestmark = pytest.mark.django_db

CompanyEvent = Company.pgh_event_model


def history_of(obj):
    """What the history page says, the newest first, without the moment."""
    return [(entry.who, [(it.label, it.before, it.after) for it in entry.changes]) for entry in entries(obj)]


def labels(company):
    return list(
        CompanyEvent.objects.filter(pgh_obj_id=company.pk).order_by("pgh_id").values_list("pgh_label", flat=True)
    )


def bare_company():
    return Company.objects.create(name="Bolaget", slug="bolaget")


def test_a_bulk_update_is_recorded():
    company = bare_company()

    Company.objects.filter(pk=company.pk).update(slug="nya")

    assert labels(company) == ["insert", "update"]
    assert history_of(company)[0][1] == [("Adress", "bolaget", "nya")]


def test_raw_sql_is_recorded():
    company = bare_company()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_company SET name = 'Luleå' WHERE id = %s", [company.pk])

    assert CompanyEvent.objects.filter(pgh_obj_id=company.pk).latest("pgh_id").name == "Luleå"


def test_what_is_deleted_is_recorded():
    company = bare_company()
    pk = company.pk

    company.delete()

    last = CompanyEvent.objects.filter(pgh_obj_id=pk).latest("pgh_id")
    assert (last.pgh_label, last.name) == ("delete", company.name)


def test_an_update_that_changes_nothing_is_not_recorded():
    company = bare_company()

    company.save()

    assert labels(company) == ["insert"]


@pytest.mark.parametrize("statement", ["UPDATE {} SET name = 'x'", "DELETE FROM {}"])
def test_a_row_of_history_refuses_every_change(statement):
    bare_company()

    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(CompanyEvent._meta.db_table))

    assert CompanyEvent.objects.count() == 1


@pytest.mark.parametrize(
    "table", ["members_company", "members_companyevent", "events_activity_hosts", "pghistory_context"]
)
def test_a_recorded_table_refuses_to_be_emptied(table):
    bare_company()

    with (
        pytest.raises(ProgrammingError, match="no trace"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL {MAY_EMPTY} = 'off'; TRUNCATE {table} CASCADE")

    assert CompanyEvent.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM pghistory_context", "UPDATE pghistory_context SET metadata = jsonb_build_object('user', 0)"],
)
def test_who_did_it_stays_who_did_it(statement):
    person = make_user()
    with pghistory.context(user=person.pk):
        bare_company()

    with (
        pytest.raises(ProgrammingError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert CompanyEvent.objects.get().pgh_context.metadata == {"user": person.pk}


def test_a_right_given_to_a_group_is_recorded():
    group, right = Group.objects.create(name="nya"), Permission.objects.get(codename="add_company")

    group.permissions.add(right)

    event = GroupPermission.pgh_event_model.objects.get(group_id=group.pk)
    assert (event.pgh_label, event.permission_id) == ("insert", right.pk)


def test_history_names_who_changed_what_from_what_to_what():
    version, person = make_company(municipality="2581").profile, make_user(name="Sara Samordnare")

    with pghistory.context(user=person.pk):
        ProfileVersion.objects.filter(pk=version.pk).update(municipality="2580", looking_for=["partners"])

    changes = [("Vad ni söker", "", "samarbeten"), ("Kommun", "Piteå", "Luleå")]
    assert history_of(version)[0] == ("Sara Samordnare", changes)


def test_links_made_and_taken_away_are_told():
    version, sector = make_company().profile, make_sector("Film", "Film")
    version.sectors.add(sector)

    version.sectors.remove(sector)

    assert [changes for _, changes in history_of(version)][:2] == [
        [("Branscher", "Film", "")],
        [("Branscher", "", "Film")],
    ]


def test_history_holds_no_password():
    columns = {column.name for column in User.pgh_event_model._meta.get_fields()}

    assert not columns & {"password", "last_login"}


def test_the_page_shows_a_change_and_no_form_to_change_it(staff_client, staff):
    company = make_company(member=False)
    staff_client.post(
        reverse("admin:members_company_changelist"), {"action": "unpublish", "_selected_action": [company.pk]}
    )

    page = staff_client.get(reverse("admin:members_company_history", args=[company.pk]))

    assert page.context["entries"][0].who == str(staff)
    content = page.content.decode().partition('id="content-main"')[2]
    assert content.count("<form") == content.count('method="get"') == 1  # which only filters
    assert set(re.findall(r'<input[^>]* name="(\w+)"', content)) == {"since", "until"}


def test_the_page_is_closed_to_staff_without_the_permission(client):
    client.force_login(make_user(is_staff=True))
    company = make_company()

    page = client.get(reverse("admin:members_company_history", args=[company.pk]))

    assert page.status_code == 403


def test_who_was_put_into_a_group_of_staff_is_told():
    person = make_user(groups=["reader"])

    assert history_of(person)[0][1] == [("Grupper", "", "reader")]


def history(client, company, **asked):
    page = client.get(reverse("admin:members_company_history", args=[company.pk]), asked)
    return [(entry.who, [change.label for change in entry.changes]) for entry in page.context["entries"]]


@pytest.fixture
def changed_company(staff, staff_client):
    """A company that the portal made, without a profile, and a person changed in two fields."""
    company = Company.objects.create(name="Bolaget", slug="bolaget")
    with pghistory.context(user=staff.pk):
        company.name = "Nya bolaget"
        company.save()
        company.slug = "nya-bolaget"
        company.save()
    return company


def test_history_is_filtered_by_who(staff, staff_client, changed_company):
    assert history(staff_client, changed_company, who=str(staff)) == [
        (str(staff), ["Adress"]),
        (str(staff), ["Namn"]),
    ]
    assert history(staff_client, changed_company, who="portalen själv") == [("portalen själv", [])]


def test_history_is_filtered_by_field_and_by_day(staff, staff_client, changed_company):
    today = timezone.localdate()

    assert history(staff_client, changed_company, field="Namn") == [(str(staff), ["Namn"])]
    assert history(staff_client, changed_company, until=str(today - timedelta(days=1))) == []
    assert len(history(staff_client, changed_company, since=str(today), until=str(today))) == 3


@pytest.mark.parametrize("asked", [{"who": "<x>"}, {"field": "finns inte"}, {"since": "2026-13-40"}, {"until": "igår"}])
def test_a_filter_that_means_nothing_filters_nothing(staff_client, changed_company, asked):
    assert len(history(staff_client, changed_company, **asked)) == 3


def test_the_history_page_is_valid_html(staff_client, changed_company):
    page = staff_client.get(reverse("admin:members_company_history", args=[changed_company.pk]), {"field": "Namn"})

    assert html_validator.errors(page.content.decode()) == []
