"""The staff's pages of an import: sent, matched, read, carried out, taken back; and who may."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from creativenorth.files.table_reader import Table
from members.actions.importing import discard_import, run_import, send_table, undo_import
from members.actions.importing.columns import guess_columns
from members.actions.importing.plan import counted, lines_of
from members.models import Affiliation, Company, Import
from members.models.table_import import ImportKind
from tests.factories import make_company, make_user
from tests.members.tables import company_row, read, send, verdicts, workbook
from tests.roles import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sectors")]


def upload(client, content, name="lista.csv", kind="companies"):
    data = {"kind": kind, "idempotency_key": uuid4(), "file": SimpleUploadedFile(name, content)}
    return client.post("/admin/members/import/add/", data)


def test_staff_send_match_read_import_and_undo(coordinator):
    client = signed_in(coordinator)
    page = upload(client, "Rubrik;Ort\nÅkes AB;Piteå\nBenke;\n".encode("cp1252")).url
    unmatched = client.get(page)
    wrong = client.post(f"{page.removesuffix('change/')}columns/", {"head": 0, "column-0": "town", "column-1": "town"})
    client.post(f"{page.removesuffix('change/')}columns/", {"head": 0, "column-0": "name", "column-1": "town"})
    preview = client.get(page)

    client.post(f"{page.removesuffix('change/')}carrying-out/")
    names = sorted(Company.objects.values_list("name", "public_version__town"))
    client.post(f"{page.removesuffix('change/')}undoing/")

    assert (unmatched.status_code, "page" in unmatched.context, wrong.status_code) == (200, False, 422)
    assert (preview.context["good"], preview.context["broken_rows"]) == (2, 0)
    assert (names, Company.objects.count()) == ([("Benke", None), ("Åkes AB", "Piteå")], 0)
    assert client.get(page).status_code == 200


def test_a_title_above_the_headings_does_no_harm_and_rows_are_named_as_in_the_file(coordinator):
    rows = "Våra företag;;\n\nFöretag;Kommun;Ort\nEtt AB;Oslo;\n\nEtt AB;Piteå;Piteå\n"
    client, page = signed_in(coordinator), upload(signed_in(coordinator), rows.encode()).url

    found = client.get(page)

    told = [(row["number"], [cell["error"] for cell in row["cells"] if cell["error"]]) for row in found.context["rows"]]
    assert (found.context["form"].fields["head"].initial, found.context["table_import"].row_count) == (1, 2)
    assert told == [
        (4, ["Det finns ingen sådan kommun i Norrbotten och Västerbotten."]),
        (6, ["Samma står i rad 4."]),
    ]


def test_other_headings_are_chosen_and_the_columns_guessed_anew(coordinator):
    client = signed_in(coordinator)
    page = upload(client, "Namn;Ort\nFöretag;Kommun\nEtt AB;Boden\n".encode()).url

    client.post(f"{page.removesuffix('change/')}columns/", {"head": "1", "column-0": "name", "column-1": "town"})

    chosen = Import.objects.get()
    assert (chosen.head_index, chosen.row_count, chosen.columns) == (1, 1, {"0": "name", "1": "municipality"})


def test_broken_rows_are_sent_back_with_the_reasons_and_come_in_once_put_right(coordinator):
    client = signed_in(coordinator)
    page = upload(client, "Företag;Kommun\nEtt AB;Kiruna\nTvå AB;Oslo\n".encode()).url.removesuffix("change/")

    head, broken = read(client.get(f"{page}broken/").content)
    again = upload(client, workbook(head, [["Två AB", "Boden", broken[2]]]), "rättad.xlsx").url

    assert (head, broken[:2]) == (["Företag", "Kommun", "Vad som är fel"], ["Två AB", "Oslo"])
    assert broken[2] == "Kommun: Det finns ingen sådan kommun i Norrbotten och Västerbotten."
    assert client.get(again).context["good"] == 1


@pytest.mark.parametrize("kind", ImportKind.values)
def test_template_reads_back_with_every_column_known_and_its_example_refused(coordinator, kind):
    content = signed_in(coordinator).get(f"/admin/members/import/template/{kind}/").content
    head, *rows = read(content)

    sent = send_table(by=coordinator, kind=kind, content=content, file_name="mall.xlsx", idempotency_key=uuid4())

    assert (len(guess_columns(kind, head)), len(rows)) == (len(head), 1)
    assert verdicts(sent) == ["error"]


def test_a_file_that_cannot_be_read_is_told_beside_the_field(coordinator):
    answer = upload(signed_in(coordinator), b"\0\0\0", "x.csv")

    assert (answer.status_code, answer.context["form"].errors["file"]) == (
        422,
        ["Det här är ingen tabell som går att läsa. Spara den på nytt från Excel, eller som CSV."],
    )
    assert Import.objects.count() == 0


def test_same_form_sent_twice_is_one_import(coordinator):
    client, idempotency_key = signed_in(coordinator), uuid4()

    answers = [
        client.post(
            "/admin/members/import/add/",
            {"kind": "companies", "idempotency_key": idempotency_key, "file": BytesIO(b"Namn\nEtt\n")},
        )
        for _ in range(2)
    ]

    assert (answers[0].url, Import.objects.count()) == (answers[1].url, 1)


def test_only_coordinators_import(coordinator, groups, owner):
    sent = send(coordinator, [company_row(1)])
    reader = make_user(is_staff=True, groups=["reader"])

    for person in (reader, owner):
        for action in (run_import, undo_import, discard_import):
            with pytest.raises(PermissionDenied):
                action(by=person, table_import=sent)
    page = signed_in(reader).get(f"/admin/members/import/{sent.pk}/change/")
    assert (page.status_code, page.content.decode().count("Din grupp får läsa det här, inte importera något.")) == (
        200,
        3,
    )


def test_membership_that_is_another_day_is_not_moved(coordinator):
    make_company("Ett AB").memberships.update(joined_on=date(2020, 1, 1))
    sent = send(coordinator, [["Ett AB", "2026-01-01"]], head=["Namn", "Medlem från"])

    assert [list(line.errors) for line in lines_of(sent)] == [["joined_on"]]
    assert counted(lines_of(sent))["error"] == 1
    assert Affiliation.objects.count() == 0


def test_a_table_is_opened_once_and_anew_where_another_is_put_in():
    sent = Import(table=Table([[1, ["Namn"]], [2, ["Oh hej"]]]))
    first = sent.table

    is_same = sent.table is first
    sent.table = Table([[1, ["Ort"]]])

    assert (is_same, first.rows[1], sent.table, sent.rows) == (True, [2, ["Oh hej"]], Table([[1, ["Ort"]]]), [])
