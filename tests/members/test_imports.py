"""Lists come in: matched, previewed with the error beside the cell, carried out once, and taken back."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from creativenorth.models import Mail
from members.actions.erasure import erase_person
from members.actions.imports import NotOpen, TooLate, carry_out, discard_import, forget_imports, send_table, undo_import
from members.actions.numbers import set_number
from members.importing.columns import guess
from members.importing.plan import counted, lines_of
from members.models import Affiliation, Company, CompanyNumber, Import, Membership, User
from members.models.table_import import Kind
from members.personal_data import as_file
from tests.factories import make_affiliation, make_company, make_sector, make_user
from tests.members.tables import HEAD, company_row, number, read, thousand_rows, workbook
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
TABLES = [
    "members_company", "members_company_sectors", "members_companynumber", "members_membership", "members_user",
    "members_affiliation", "account_emailaddress", "members_invitation",
]  # fmt: skip
PEOPLE = ["Namn", "E-post", "Telefon", "Språk", "Företag", "Roll", "Målgrupp", "Titel"]


@pytest.fixture(autouse=True)
def sectors(db):
    return [make_sector(), make_sector("Film", "Film")]


@pytest.fixture
def coordinator(groups):
    return make_user(is_staff=True, groups=["coordinator"])


def checksums():
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM {table} AS t")
            found[table] = cursor.fetchone()[0]
    return found


def send(by, rows, head=HEAD, kind=Kind.COMPANIES):
    content = workbook(head, rows)
    return send_table(by=by, kind=kind, content=content, file_name="lista.xlsx", nonce=uuid4())


def verdicts(table_import):
    return [str(line.verdict) for line in lines_of(table_import)]


def test_a_thousand_rows_with_fifty_broken_ones(coordinator):
    """950 come in, 50 are refused each for its own reason, few queries, and undone it is as if nothing had been."""
    before, sent = checksums(), send(coordinator, thousand_rows())
    refused = [list(line.errors) for line in lines_of(sent) if line.errors]

    with CaptureQueriesContext(connection) as asked:
        done = carry_out(by=coordinator, table_import=sent)
    there = (Company.objects.count(), CompanyNumber.objects.count(), Membership.objects.count())
    undo_import(by=coordinator, table_import=done)

    assert refused == [["number"], ["municipality"], ["email"], ["joined_on"], ["sectors"]] * 10
    assert {str(name): number for name, number in done.counts.items()} == {
        "new": 950, "update": 0, "unchanged": 0, "error": 50
    }  # fmt: skip
    assert (there, len(asked) < 30, checksums() == before) == ((950, 950, 950), True, True)


def test_queries_do_not_grow_with_the_rows(coordinator):
    counts = []
    for size in (3, 60):
        sent = send(coordinator, [company_row(1000 * size + n) for n in range(size)])
        with CaptureQueriesContext(connection) as asked:
            carry_out(by=coordinator, table_import=sent)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_rows_are_new_changing_as_they_are_or_wrong(coordinator):
    same, other = make_company("Samma AB", town="Öjebyn"), make_company("Annat AB")
    set_number(by=coordinator, company=other, text=number(7))
    make_company("Två AB"), make_company("två ab", slug="tva-ab-2")
    rows = [
        ["Samma AB", "", "Öjebyn"], ["samma ab", number(1), ""], ["Nytt namn", number(7), ""], ["Ny AB", "", "Boden"],
        ["TVÅ AB", "", ""], ["", "", "Luleå"], ["Ny AB", "", "Boden"], ["Annat AB", number(8), ""],
    ]  # fmt: skip

    sent = send(coordinator, rows, head=["Namn", "Organisationsnummer", "Ort"])

    lines = lines_of(sent)
    assert [str(line.verdict) for line in lines] == [
        "unchanged", "error", "update", "new", "error", "error", "error", "error"
    ]  # fmt: skip
    assert (lines[0].target, lines[2].target, lines[2].changes) == (same, other, {"name": ("Annat AB", "Nytt namn")})
    assert [list(line.errors) for line in lines if line.errors] == [["name"], ["name"], ["name"], ["name"], ["number"]]


def test_a_change_is_taken_back_and_what_was_changed_since_is_left(coordinator):
    one, two = make_company("Ett AB", town="Piteå"), make_company("Två AB", town="Piteå")
    sent = send(coordinator, [["Ett AB", "Boden", "Film"], ["Två AB", "Boden", ""], ["Nytt AB", "Boden", ""]],
                head=["Namn", "Ort", "Bransch"])  # fmt: skip
    carry_out(by=coordinator, table_import=sent)
    Company.objects.filter(pk=two.pk).update(town="Kiruna")

    done = undo_import(by=coordinator, table_import=sent)

    towns = dict(Company.objects.values_list("name", "town"))
    assert towns == {"Ett AB": "Piteå", "Två AB": "Kiruna"}
    assert (one.sectors.count(), done.record) == (0, [{"owner": two.pk, "why": "changed"}])


def test_a_new_company_on_which_something_hangs_by_now_stays(coordinator):
    sent = send(coordinator, [company_row(1), company_row(2)])
    carry_out(by=coordinator, table_import=sent)
    used = Company.objects.get(name="Bolag 0001 AB")
    make_affiliation(make_user(), used)

    done = undo_import(by=coordinator, table_import=sent)

    assert (list(Company.objects.all()), used.memberships.count()) == ([used], 1)
    assert (done.counts["left"], done.record) == (1, [{"owner": used.pk, "why": "used"}])


def test_each_step_happens_once(coordinator):
    sent = send(coordinator, [company_row(1)])

    for _ in range(2):
        carry_out(by=coordinator, table_import=sent)
        assert Company.objects.count() == 1
    for _ in range(2):
        undo_import(by=coordinator, table_import=sent)
        assert Company.objects.count() == 0
    with pytest.raises(NotOpen):
        discard_import(by=coordinator, table_import=sent)


def test_a_sole_traders_number_lies_sealed_and_is_shown_masked(coordinator):
    sent = send(coordinator, [company_row(1, **{"Org.nr": "900101-0017"}), company_row(2, **{"Org.nr": "900101-0018"})])

    good, bad = lines_of(sent)
    carry_out(by=coordinator, table_import=sent)

    assert (good.cells["number"], bad.cells["number"], list(bad.errors)) == ("900101-****", "900101-****", ["number"])
    assert CompanyNumber.objects.get().is_person
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ~ %s', ["9001010017|900101-0017"])
            assert (table, cursor.fetchone()[0]) == (table, 0)


def test_people_come_with_their_place_and_nobody_gets_a_mail(coordinator, company):
    known = make_user("anna@bolag.example", name="Anna Ek")
    place = make_affiliation(known, company, "participant", title="")
    rows = [
        ["Anna Ek", "Anna@bolag.example", "", "", "oh hej ab", "redaktör", "", "Producent"],
        ["Bo Ny", "bo@bolag.example", "070-123 45 67", "engelska", "Oh hej AB", "ägare", "chef", ""],
        ["Cia", "inte en adress", "", "", "", "", "", ""],
        ["", "dan@bolag.example", "", "", "Finns inte", "", "", ""],
        ["Eva", coordinator.email, "", "", "", "", "", ""],
    ]
    before = checksums()
    sent = send(coordinator, rows, head=PEOPLE, kind=Kind.PEOPLE)
    lines = lines_of(sent)

    carry_out(by=coordinator, table_import=sent)

    place.refresh_from_db()
    new = User.objects.get(email="bo@bolag.example")
    assert [str(line.verdict) for line in lines] == ["update", "new", "error", "error", "error"]
    assert [list(line.errors) for line in lines[2:]] == [["email"], ["name", "company"], ["email"]]
    assert (place.role, place.title, new.language, new.has_usable_password()) == ("editor", "Producent", "en", False)
    assert (new.affiliations.get().role, EmailAddress.objects.get(user=new).verified, Mail.objects.count()) == (
        "owner",
        False,
        0,
    )
    undo_import(by=coordinator, table_import=sent)
    assert checksums() == before


def test_invitations_are_sent_where_they_are_ticked_and_what_was_invited_stays(coordinator, company):
    sent = send(
        coordinator, [["Bo Ny", "bo@bolag.example", "Oh hej AB"]], head=["Namn", "E-post", "Företag"], kind=Kind.PEOPLE
    )

    done = carry_out(by=coordinator, table_import=sent, invites=True)

    assert (done.counts["invited"], [mail.to for mail in Mail.objects.all()]) == (1, ["bo@bolag.example"])


def test_whoever_has_signed_in_since_stays(coordinator, company):
    sent = send(coordinator, [["Bo Ny", "bo@bolag.example"]], head=["Namn", "E-post"], kind=Kind.PEOPLE)
    carry_out(by=coordinator, table_import=sent)
    User.objects.filter(email="bo@bolag.example").update(last_login=timezone.now())

    assert undo_import(by=coordinator, table_import=sent).counts["left"] == 1


def test_rows_are_erased_after_a_month_and_with_a_person(coordinator):
    person = make_user("bo@bolag.example")
    row = ["Bo Ny", "Bo@bolag.example", "070-123 45 67"]
    sent = send(
        coordinator, [row, ["Cia", "cia@bolag.example", ""]], head=["Namn", "E-post", "Telefon"], kind=Kind.PEOPLE
    )
    assert as_file(person)["imports"][0]["row"] == "Bo Ny; Bo@bolag.example; 070-123 45 67"
    carry_out(by=coordinator, table_import=sent)

    erase_person(by=person)
    kept = Import.objects.get().table[1]
    Import.objects.update(made_at=timezone.now() - timedelta(days=31))
    forget_imports()

    sent.refresh_from_db()
    assert (kept, sent.table, sent.record) == ([["Cia", "cia@bolag.example", ""]], ([], []), [])
    with pytest.raises(TooLate):
        undo_import(by=coordinator, table_import=sent)


@pytest.mark.parametrize(
    ("heading", "kind", "field"),
    [
        ("Organisationsnr", Kind.COMPANIES, None), ("Org.nr.", Kind.COMPANIES, "number"), ("NAMN", Kind.COMPANIES, "name"),
        ("Company name", Kind.COMPANIES, "name"), ("Member since", Kind.COMPANIES, "joined_on"), ("E-post", Kind.PEOPLE, "email"),
        ("Målgrupp", Kind.PEOPLE, "target_group"), ("Organisation", Kind.PEOPLE, "company"),
    ],
)  # fmt: skip
def test_columns_are_guessed_in_both_languages(heading, kind, field):
    assert guess(kind, [heading]).get(0) == field


def test_errors_are_told_in_the_readers_language(coordinator):
    sent = send(coordinator, [company_row(1, **{"Medlem från": "i våras"})])

    with translation.override("sv"):
        swedish = lines_of(sent)[0].errors
    with translation.override("en"):
        english = lines_of(sent)[0].errors

    assert (swedish, english) == (
        {"joined_on": "Skriv datumet som 2026-11-24."}, {"joined_on": "Write the date as 2026-11-24."}
    )  # fmt: skip


def upload(client, content, name="lista.csv", kind="companies"):
    data = {"kind": kind, "nonce": uuid4(), "file": SimpleUploadedFile(name, content)}
    return client.post("/admin/members/import/add/", data)


def test_staff_send_match_read_import_and_undo(coordinator):
    client = signed_in(coordinator)
    page = upload(client, "Rubrik;Ort\nÅkes AB;Piteå\nBenke;\n".encode("cp1252")).url
    unmatched = client.get(page)
    wrong = client.post(f"{page.removesuffix('change/')}columns/", {"column-0": "town", "column-1": "town"})
    client.post(f"{page.removesuffix('change/')}columns/", {"column-0": "name", "column-1": "town"})
    preview = client.get(page)

    client.post(f"{page.removesuffix('change/')}carrying-out/")
    names = sorted(Company.objects.values_list("name", "town"))
    client.post(f"{page.removesuffix('change/')}undoing/")

    assert (unmatched.status_code, "page" in unmatched.context, wrong.status_code) == (200, False, 422)
    assert (preview.context["good"], preview.context["bad"]) == (2, 0)
    assert (names, Company.objects.count()) == ([("Benke", ""), ("Åkes AB", "Piteå")], 0)
    assert client.get(page).status_code == 200


def test_broken_rows_are_sent_back_with_the_reasons_and_come_in_once_put_right(coordinator):
    client = signed_in(coordinator)
    page = upload(client, "Företag;Kommun\nEtt AB;Kiruna\nTvå AB;Oslo\n".encode()).url.removesuffix("change/")

    head, broken = read(client.get(f"{page}broken/").content)
    again = upload(client, workbook(head, [["Två AB", "Boden", broken[2]]]), "rättad.xlsx").url

    assert (head, broken[:2]) == (["Företag", "Kommun", "Vad som är fel"], ["Två AB", "Oslo"])
    assert broken[2] == "Kommun: Det finns ingen sådan kommun i Norrbotten och Västerbotten."
    assert client.get(again).context["good"] == 1


@pytest.mark.parametrize("kind", Kind.values)
def test_template_reads_back_with_every_column_known_and_its_example_refused(coordinator, kind):
    content = signed_in(coordinator).get(f"/admin/members/import/template/{kind}/").content
    head, *rows = read(content)

    sent = send_table(by=coordinator, kind=kind, content=content, file_name="mall.xlsx", nonce=uuid4())

    assert (len(guess(kind, head)), len(rows)) == (len(head), 1)
    assert verdicts(sent) == ["error"]


def test_a_file_that_cannot_be_read_is_told_beside_the_field(coordinator):
    answer = upload(signed_in(coordinator), b"\0\0\0", "x.csv")

    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, ["Det här är varken .xlsx eller CSV."])
    assert Import.objects.count() == 0


def test_same_form_sent_twice_is_one_import(coordinator):
    client, nonce = signed_in(coordinator), uuid4()

    answers = [
        client.post(
            "/admin/members/import/add/", {"kind": "companies", "nonce": nonce, "file": BytesIO(b"Namn\nEtt\n")}
        )
        for _ in range(2)
    ]

    assert (answers[0].url, Import.objects.count()) == (answers[1].url, 1)


def test_only_coordinators_import(coordinator, groups, owner):
    sent = send(coordinator, [company_row(1)])
    reader = make_user(is_staff=True, groups=["reader"])

    for person in (reader, owner):
        for action in (carry_out, undo_import, discard_import):
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
