"""People come in by a list, with their affiliation and without a mail; their rows are erased with them."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from creativenorth.files.table_reader import Table
from creativenorth.mail.models import Mail
from creativenorth.text.phones import tidy_phone
from members.actions.erasure import erase_person
from members.actions.importing import UndoExpired, forget_imports, run_import, undo_import
from members.actions.importing.columns import Sectors, fields_of
from members.actions.importing.plan import lines_of
from members.hooks.personal_data import as_file
from members.models import Import, Invitation, User
from members.models.table_import import ImportKind
from tests.factories import make_affiliation, make_sector, make_user
from tests.members.tables import PEOPLE, checksums, send

pytestmark = pytest.mark.django_db


def test_people_come_with_their_affiliation_and_nobody_gets_a_mail(coordinator, company):
    known = make_user("anna@bolag.example", name="Anna Ek")
    affiliation = make_affiliation(known, company, "participant", title="")
    rows = [
        ["Anna Ek", "Anna@bolag.example", "", "", "oh hej ab", "redaktör", "", "Producent"],
        ["Bo Ny", "bo@bolag.example", "070-123 45 67", "engelska", "Oh hej AB", "ägare", "chef", ""],
        ["Cia", "inte en adress", "", "", "", "", "", ""],
        ["", "dan@bolag.example", "", "", "Finns inte", "", "", ""],
        ["Eva", coordinator.email, "", "", "", "", "", ""],
    ]
    before = checksums()
    sent = send(coordinator, rows, head=PEOPLE, kind=ImportKind.PEOPLE)
    lines = lines_of(sent)

    run_import(by=coordinator, table_import=sent)

    affiliation.refresh_from_db()
    new = User.objects.get(email="bo@bolag.example")
    assert [str(line.verdict) for line in lines] == ["update", "new", "error", "error", "error"]
    assert [list(line.errors) for line in lines[2:]] == [["email"], ["name", "company"], ["email"]]
    assert (affiliation.role, affiliation.title, new.language, new.has_usable_password()) == (
        "editor",
        "Producent",
        "en",
        False,
    )
    assert (new.affiliations.get().role, EmailAddress.objects.get(user=new).verified, Mail.objects.count()) == (
        "owner",
        False,
        0,
    )
    undo_import(by=coordinator, table_import=sent)
    assert checksums() == before


def test_invitations_are_sent_where_they_are_ticked_and_what_was_invited_stays(coordinator, company):
    sent = send(
        coordinator,
        [["Bo Ny", "bo@bolag.example", "Oh hej AB"]],
        head=["Namn", "E-post", "Företag"],
        kind=ImportKind.PEOPLE,
    )

    done = run_import(by=coordinator, table_import=sent, invites=True)

    assert (done.counts["invited"], [mail.to for mail in Mail.objects.all()]) == (1, ["bo@bolag.example"])


def test_an_invitation_goes_with_the_person_who_is_taken_back(coordinator, company):
    rows, head = [["Bo Ny", "bo@bolag.example", "Oh hej AB"]], ["Namn", "E-post", "Företag"]
    done = run_import(
        by=coordinator, table_import=send(coordinator, rows, head=head, kind=ImportKind.PEOPLE), invites=True
    )
    was_open = Invitation.objects.open().count()

    undone = undo_import(by=coordinator, table_import=done)

    assert (undone.counts["taken_back"], was_open, Invitation.objects.open().count()) == (1, 1, 0)


def test_whoever_has_signed_in_since_stays(coordinator, company):
    sent = send(coordinator, [["Bo Ny", "bo@bolag.example"]], head=["Namn", "E-post"], kind=ImportKind.PEOPLE)
    run_import(by=coordinator, table_import=sent)
    User.objects.filter(email="bo@bolag.example").update(last_login=timezone.now())

    assert undo_import(by=coordinator, table_import=sent).counts["left"] == 1


def test_rows_are_erased_after_a_month_and_with_a_person(coordinator):
    person = make_user("bo@bolag.example")
    row = ["Bo Ny", "Bo@bolag.example", "070-123 45 67"]
    sent = send(
        coordinator, [row, ["Cia", "cia@bolag.example", ""]], head=["Namn", "E-post", "Telefon"], kind=ImportKind.PEOPLE
    )
    assert as_file(person)["imports"][0]["row"] == "Bo Ny; Bo@bolag.example; 070-123 45 67"
    run_import(by=coordinator, table_import=sent)

    erase_person(by=person)
    kept = Import.objects.get().rows
    Import.objects.update(made_at=timezone.now() - timedelta(days=31))
    forget_imports()

    sent.refresh_from_db()
    assert (kept, sent.table) == ([[3, ["Cia", "cia@bolag.example", ""]]], Table([]))
    with pytest.raises(UndoExpired):
        undo_import(by=coordinator, table_import=sent)


def test_first_and_last_name_in_two_columns_are_one_name(coordinator, company):
    head = ["Förnamn", "Efternamn", "E-post", "Telefon"]
    rows = [["Bo", "Ny", "bo@bolag.example", "0701234567"], ["Ada", "", "ada@bolag.example", "anknytning 12"]]
    sent = send(coordinator, rows, head=head, kind=ImportKind.PEOPLE)

    run_import(by=coordinator, table_import=sent)

    found = User.objects.filter(email__in=["bo@bolag.example", "ada@bolag.example"]).order_by("name")
    assert [(person.name, person.phone) for person in found] == [("Ada", "anknytning 12"), ("Bo Ny", "070-123 45 67")]


def test_the_template_asks_for_the_name_in_one_column():
    assert "first_name" not in [field.name for field in fields_of(ImportKind.PEOPLE) if field.is_offered]


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("+46701234567", "070-123 45 67"),
        ("0911/12 34 56", "0911-12 34 56"),
        ("+47 22 12 34 56", "+47 22 12 34 56"),
        ("ring", "ring"),
    ],
)
def test_a_phone_is_written_as_in_its_country(typed, tidy):
    assert tidy_phone(typed) == tidy


@pytest.mark.parametrize(
    "typed", ["Musik & scenkonst", "musik och scenkonst", "Music & performing arts", "musik-och-scenkonst"]
)
def test_a_sector_is_found_with_or_without_and(typed):
    sector = make_sector("Musik och scenkonst", "Music and performing arts")

    assert Sectors()(typed) == [sector.pk]
