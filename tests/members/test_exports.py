"""Lists leave as files: exactly what is filtered, dates as dates, nothing that runs, and noted who took them."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from members.actions.company_numbers import set_number
from members.models import Company, Export
from tests import factories
from tests.factories import make_affiliation, make_company, make_full_company, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LISTS = ["members/company", "members/user", "members/membership", "members/enquiry", "events/registration"]


@pytest.fixture
def coordinator_client(groups):
    return signed_in(make_user("sam@kluster.example", name="Sam", is_staff=True, groups=["coordinator"]))


def sheet(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def table(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def post(client, path, form="xlsx", query=""):
    return client.post(f"/admin/{path}/export/{form}/{query}")


def export(*asked):
    """The file's content."""
    return post(*asked).getvalue()


def test_companies_have_real_dates_masked_numbers_and_what_is_not_for_everybody(coordinator_client, staff):
    company = make_full_company("=1+1 AB", visibility={"phone": "hidden"})
    company.memberships.update(joined_on=date(2026, 1, 1))
    set_number(by=staff, company=company, text="900101-0017")
    make_affiliation(make_user(), company)

    head, row = sheet(export(coordinator_client, "members/company"))
    said = dict(zip(head, row, strict=True))

    assert (said["Namn"], said["Organisationsnummer"], said["Medlem från"]) == (
        "=1+1 AB",
        "900101-****",
        date(2026, 1, 1),
    )
    assert (said["I klustret"], said["Personer"], said["Telefon"]) == ("ja", 1.0, "0911-12 34 56")
    assert said["Inte för alla"] == "telefon (ingen)"


def test_csv_opens_in_swedish_excel_and_runs_nothing(coordinator_client):
    make_company("=1+1 AB", town="Åäö; med semikolon")

    content = export(coordinator_client, "members/company", "csv")

    head, *found = table(content)
    rows = [dict(zip(head, row, strict=True)) for row in found]
    assert content.startswith(b"\xef\xbb\xbf")
    assert [(row["Namn"], row["Ort"]) for row in rows] == [("'=1+1 AB", "Åäö; med semikolon")]


@pytest.mark.parametrize("path", LISTS)
def test_every_list_gives_as_many_rows_as_it_counts(coordinator_client, path):
    activity = factories.make_activity()
    for number in range(3):
        company = make_company(f"Bolag {number}")
        make_affiliation(make_user(), company)
        factories.make_enquiry(company_name=f"Ny {number}")
        factories.make_registration(activity, company=company)
    shown = coordinator_client.get(f"/admin/{path}/").context["cl"].result_count

    files = sheet(export(coordinator_client, path)), table(export(coordinator_client, path, "csv"))

    assert [len(rows) - 1 for rows in files] == [shown, shown]
    assert [noted.row_count for noted in Export.objects.all()] == [shown, shown]


def test_exactly_what_is_filtered_and_searched_leaves(coordinator_client):
    make_company("Utanför AB", member=False)
    make_company("Inne AB"), make_company("Inne Förening", town="Boden")

    found = sheet(export(coordinator_client, "members/company", "xlsx", "?member=yes&q=Inne"))
    senseless = post(coordinator_client, "members/company", "xlsx", "?nonsense=1")

    assert [row[0] for row in found[1:]] == ["Inne AB", "Inne Förening"]
    assert (senseless.status_code, senseless.url) == (302, "/admin/members/company/")


def test_people_stand_with_their_affiliations_of_today_and_nobody_erased_by_name(coordinator_client, company):
    person = make_user("anna@bolag.example", name="Anna Ek")
    make_affiliation(person, company, "owner")
    make_affiliation(person, make_company("Förr AB"), ended_on=date.today() - timedelta(days=1))  # noqa: DTZ011

    rows = sheet(export(coordinator_client, "members/user", "xlsx", "?q=anna"))

    assert [row[:2] + row[4:6] for row in rows[1:]] == [
        ["Anna Ek", "anna@bolag.example", "Oh hej AB (ägare)", "kreatörer"]
    ]


@pytest.mark.parametrize("path", LISTS)
def test_queries_do_not_grow_with_the_rows(coordinator_client, path):
    activity, counts = factories.make_activity(), []
    for size in (2, 30):
        for _ in range(size):
            company = make_company()
            make_affiliation(make_user(), company)
            factories.make_enquiry()
            factories.make_registration(activity, company=company)
        with CaptureQueriesContext(connection) as asked:
            export(coordinator_client, path)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_who_took_what_is_noted_for_good(coordinator_client):
    make_company()
    export(coordinator_client, "members/company", "csv", "?member=yes&q=Anna")

    noted = Export.objects.get()

    assert (noted.made_by.name, noted.what, noted.form, noted.narrowed) == (
        "Sam",
        "företag",
        "csv",
        "med i klustret, sökord",
    )
    with pytest.raises(ProgrammingError), transaction.atomic():
        Export.objects.all().delete()


@pytest.mark.parametrize("path", LISTS)
def test_readers_see_why_they_take_nothing_out(groups, owner_client, path):
    reader = signed_in(make_user(is_staff=True, groups=["reader"]))

    page = reader.get(f"/admin/{path}/").content.decode()

    assert page.count("Din grupp får läsa det här, inte ta ut det som en fil.") == 1
    assert (post(reader, path).status_code, post(owner_client, path).status_code) == (403, 302)
    assert reader.get(f"/admin/{path}/export/csv/").status_code == 405
    assert (Export.objects.count(), Company.objects.count() < 2) == (0, True)
