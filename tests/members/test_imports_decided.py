"""What staff decide of a list's rows before they import it: which company a near name is, and what is left out."""

from io import BytesIO

import pytest
import xlsxwriter

from members.actions.company_numbers import set_number
from members.actions.erasure import erase_person
from members.actions.importing import ReadOtherwise, decide_rows, reading_of, run_import, undo_import
from members.actions.importing.near_names import NearNames
from members.actions.importing.plan import lines_of
from members.hooks.personal_data import as_file
from members.models import Company, Import, User
from members.models.table_import import ImportKind
from tests.factories import make_company, make_user
from tests.members.tables import BROKEN, checksums, company_row, number, read, send, verdicts
from tests.members.test_imports_pages import upload
from tests.roles import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sectors")]


def decide(by, sent, everywhere="", **decided):
    """`decided`: row_2="none" and the like."""
    rows = {name.removeprefix("row_"): {"same_as": value} for name, value in decided.items()}
    return decide_rows(by=by, table_import=sent, reading=reading_of(sent), decided=rows, everywhere=everywhere)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Vinter AB", ["Vinter"]), ("Wintar", []), ("VINTER aktiebolag", ["Vinter"]), ("Vintern", ["Vinter"]),
        ("Studio 2", []), ("Studios 1", ["Studio 1"]), ("Ett", []), ("", []),
    ],
)  # fmt: skip
def test_names_are_alike_but_for_company_form_and_one_letter(name, found):
    names = NearNames((each, each) for each in ("Vinter", "Studio 1", "Et AB"))

    assert names.like(name) == found


def test_a_near_name_waits_for_staff_who_say_which_company_it_is(coordinator):
    company, before = make_company("Vinter"), checksums()
    sent = send(coordinator, [["Vinter AB", "Boden"], ["Vintter AB", "Luleå"]], head=["Namn", "Ort"])
    waiting = verdicts(sent)

    sent = decide(coordinator, sent, row_2=str(company.pk), row_3="none")
    decided = verdicts(sent)
    done = run_import(by=coordinator, table_import=sent)
    names = dict(Company.objects.values_list("name", "public_version__town"))
    undo_import(by=coordinator, table_import=done)

    assert (waiting, decided) == (["likely", "likely"], ["update", "new"])
    assert names == {"Vinter": "Boden", "Vintter AB": "Luleå"}
    assert checksums() == before


def test_what_is_not_decided_is_left_out_and_goes_into_the_workbook(coordinator):
    make_company("Vinter")
    sent = send(coordinator, [["Vinter AB"], ["Annat AB"]], head=["Namn"])

    done = run_import(by=coordinator, table_import=sent)
    _head, row = read(signed_in(coordinator).get(f"/admin/members/import/{sent.pk}/broken/").content)

    assert (done.counts["likely"], done.counts["new"], Company.objects.count()) == (1, 1, 2)
    assert row == ["Vinter AB", "Kanske samma som Vinter, som finns här."]


def test_a_company_with_another_number_is_another_one(coordinator):
    set_number(by=coordinator, company=make_company("Vinter"), text=number(1))
    sent = send(coordinator, [["Vinter AB", number(2)]], head=["Namn", "Organisationsnummer"])

    assert verdicts(sent) == ["new"]


def test_two_near_names_in_one_list_are_decided_too(coordinator):
    sent = send(coordinator, [["Vinter"], ["Vinter AB"]], head=["Namn"])
    waiting = verdicts(sent)

    sent = decide(coordinator, sent, row_3="row")

    assert (waiting, verdicts(sent)) == (["new", "likely"], ["new", "error"])
    assert lines_of(sent)[1].errors == {"name": "Samma står i rad 2."}


def test_a_company_that_is_called_otherwise_by_now_is_chosen_no_more(coordinator):
    company = make_company("Vinter")
    sent = decide(coordinator, send(coordinator, [["Vinter AB"]], head=["Namn"]), row_2=str(company.pk))
    make_company("Winter")
    Company.objects.filter(pk=company.pk).update(name="Annat")

    assert verdicts(sent) == ["likely"]


def test_people_are_of_the_company_that_staff_choose_or_of_none(coordinator):
    company = make_company("Vinter")
    rows = [["Bo Ny", "bo@bolag.example", "Vinter AB", "ägare"], ["Eva Ek", "eva@bolag.example", "Vinter AB", "ägare"]]
    sent = send(coordinator, rows, head=["Namn", "E-post", "Företag", "Roll"], kind=ImportKind.PEOPLE)

    sent = decide(coordinator, sent, row_2=str(company.pk), row_3="none")
    sent = decide(coordinator, sent, everywhere="leave-empty")
    run_import(by=coordinator, table_import=sent)

    found = User.objects.filter(name__in=["Bo Ny", "Eva Ek"]).order_by("name")
    assert [(each.name, [one.company for one in each.affiliations.all()]) for each in found] == [
        ("Bo Ny", [company]),
        ("Eva Ek", []),
    ]


def test_bad_cells_are_left_empty_where_staff_say_so_and_told(coordinator):
    rows, before = (
        [company_row(n, **broken) for n, broken in enumerate([*BROKEN, {"Företag": "", "Org.nr": ""}])],
        checksums(),
    )
    sent = send(coordinator, rows)
    refused = verdicts(sent)

    sent = decide(coordinator, sent, everywhere="leave-empty")
    left_out = [list(line.emptied) for line in lines_of(sent)]
    done = run_import(by=coordinator, table_import=sent)
    undo_import(by=coordinator, table_import=done)

    assert (refused, done.counts["error"], done.counts["emptied"]) == (["error"] * 6, 1, 5)
    assert left_out == [["number"], ["municipality"], ["email"], ["joined_on"], ["sectors"], []]
    assert checksums() == before


def test_whole_rows_alone_are_asked_for_again(coordinator):
    sent = decide(coordinator, send(coordinator, [company_row(1, **BROKEN[0])]), everywhere="leave-empty")
    without = verdicts(sent)

    sent = decide(coordinator, sent, everywhere="require")

    assert (without, verdicts(sent), sent.choices) == (["new"], ["error"], {})


def test_staff_decide_on_the_page_and_stay_where_they_are(coordinator):
    company, client = make_company("Vinter"), signed_in(coordinator)
    page = upload(client, "Namn;Kommun;E-post;Ort\nVinter AB;Oslo;nej;Boden\nSommar;Piteå;;\n".encode()).url
    reading, address = client.get(page).context["reading"], page.replace("change/", "decisions/?show=likely")

    answer = client.post(address, {"reading": reading, "row": "2", "same-2": company.pk, "empty-2": "on"})
    after = client.get(page)

    assert answer.url == f"{page}?show=likely#rows"
    assert (after.context["good"], after.context["undecided"], after.context["broken_rows"]) == (2, 0, 1)
    assert after.content.decode().count("hoppas över: ") == 2


def test_decisions_about_rows_that_are_read_otherwise_by_now_are_refused(coordinator):
    sent = send(coordinator, [company_row(1, **BROKEN[0])])

    with pytest.raises(ReadOtherwise):
        decide_rows(by=coordinator, table_import=sent, reading="alt", everywhere="leave-empty")


def test_another_sheet_is_chosen_and_its_columns_guessed(coordinator):
    stream, client = BytesIO(), signed_in(coordinator)
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, cells in (("Gamla", ["Namn", "Ett"]), ("Nya", ["Företag", "Två"])):
            book.add_worksheet(name).write_column(0, 0, cells)
    page = upload(client, stream.getvalue(), "lista.xlsx").url
    first = client.get(page).context["form"].fields["sheet"]

    client.post(page.replace("change/", "columns/"), {"sheet": "Nya", "head": "0", "column-0": "name"})

    chosen = client.get(page).context
    assert (first.choices, first.initial) == ([("Gamla", "Gamla"), ("Nya", "Nya")], "Gamla")
    assert (chosen["form"].fields["sheet"].initial, [row["cells"][0]["text"] for row in chosen["rows"]]) == (
        "Nya",
        ["Två"],
    )


def test_who_stands_in_a_sheet_that_was_not_chosen_is_told_and_erased_too(coordinator):
    person, stream = make_user("bo@bolag.example"), BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, cells in (("Ett", ["Namn", "A"]), ("Två", ["E-post", "bo@bolag.example", "eva@bolag.example"])):
            book.add_worksheet(name).write_column(0, 0, cells)
    upload(signed_in(coordinator), stream.getvalue(), "lista.xlsx")
    told = [row["row"] for row in as_file(person)["imports"]]

    erase_person(by=person)

    assert told == ["bo@bolag.example"]
    assert Import.objects.get().table.others["Två"] == [[1, ["E-post"]], [3, ["eva@bolag.example"]]]
