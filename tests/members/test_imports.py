"""Lists come in: matched, previewed with the error beside the cell, carried out once, and taken back."""

from threading import Barrier, Thread

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from members.actions.company_numbers import set_number
from members.actions.importing import ConflictingEntry, ImportNotOpen, discard_import, run_import, steps, undo_import
from members.actions.importing.columns import guess_columns
from members.actions.importing.plan import Verdict, lines_of
from members.models import Company, CompanyNumber, Import, Membership
from members.models.table_import import ImportState
from tests.factories import make_affiliation, make_company, make_user, say
from tests.members.tables import checksums, company_row, number, send, thousand_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sectors")]


def test_a_thousand_rows_with_fifty_broken_ones(coordinator):
    """950 come in, 50 are refused each for its own reason, few queries, and undone it is as if nothing had been."""
    before, sent = checksums(), send(coordinator, thousand_rows())
    refused = [list(line.errors) for line in lines_of(sent) if line.errors]

    with CaptureQueriesContext(connection) as asked:
        done = run_import(by=coordinator, table_import=sent)
    there = (Company.objects.count(), CompanyNumber.objects.count(), Membership.objects.count())
    undo_import(by=coordinator, table_import=done)

    assert refused == [["number"], ["municipality"], ["email"], ["joined_on"], ["sectors"]] * 10
    assert {str(name): number for name, number in done.counts.items()} == {
        "new": 950,
        "update": 0,
        "unchanged": 0,
        "likely": 0,
        "error": 50,
        "emptied": 0,
    }
    assert (there, len(asked) < 30, checksums() == before) == ((950, 950, 950), True, True)


def test_queries_do_not_grow_with_the_rows(coordinator):
    counts = []
    for size in (3, 60):
        sent = send(coordinator, [company_row(1000 * size + n) for n in range(size)])
        with CaptureQueriesContext(connection) as asked:
            run_import(by=coordinator, table_import=sent)
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
        "unchanged",
        "error",
        "update",
        "new",
        "error",
        "error",
        "error",
        "error",
    ]
    assert (lines[0].target, lines[2].target, lines[2].changes) == (same, other, {"name": ("Annat AB", "Nytt namn")})
    assert [list(line.errors) for line in lines if line.errors] == [["name"], ["name"], ["name"], ["name"], ["number"]]


def test_changes_are_told_in_words(coordinator):
    make_company("Ett AB", municipality="2581", phone="+4691112345")
    sent = send(coordinator, [["Ett AB", "Boden", "0920-123 45"]], head=["Namn", "Kommun", "Telefon"])

    assert lines_of(sent)[0].changes == {"municipality": ("Piteå", "Boden"), "phone": ("0911-123 45", "0920-123 45")}


def test_a_change_is_taken_back_and_what_was_changed_since_is_left(coordinator):
    one, two = make_company("Ett AB", town="Piteå"), make_company("Två AB", town="Piteå")
    sent = send(
        coordinator,
        [["Ett AB", "Boden", "Film"], ["Två AB", "Boden", ""], ["Nytt AB", "Boden", ""]],
        head=["Namn", "Ort", "Bransch"],
    )
    run_import(by=coordinator, table_import=sent)
    two.refresh_from_db()
    with pghistory.context():  # of another request
        say(two, town="Kiruna")

    done = undo_import(by=coordinator, table_import=sent)

    towns = dict(Company.objects.values_list("name", "public_version__town"))
    assert towns == {"Ett AB": "Piteå", "Två AB": "Kiruna"}
    assert (one.profile.sectors.count(), done.left) == (0, [(two.pk, "changed")])


def test_a_new_company_on_which_something_hangs_by_now_stays(coordinator):
    sent = send(coordinator, [company_row(1), company_row(2)])
    run_import(by=coordinator, table_import=sent)
    used = Company.objects.get(name="Bolag 0001 AB")
    make_affiliation(make_user(), used)

    done = undo_import(by=coordinator, table_import=sent)

    assert (list(Company.objects.all()), used.memberships.count()) == ([used], 1)
    assert (done.counts["left"], done.left) == (1, [(used.pk, "used")])


def test_each_step_happens_once(coordinator):
    sent = send(coordinator, [company_row(1)])

    for _ in range(2):
        run_import(by=coordinator, table_import=sent)
        assert Company.objects.count() == 1
    for _ in range(2):
        undo_import(by=coordinator, table_import=sent)
        assert Company.objects.count() == 0
    with pytest.raises(ImportNotOpen):
        discard_import(by=coordinator, table_import=sent)


def test_a_sole_traders_number_lies_sealed_and_is_shown_masked(coordinator):
    sent = send(coordinator, [company_row(1, **{"Org.nr": "900101-0017"}), company_row(2, **{"Org.nr": "900101-0018"})])

    good, bad = lines_of(sent)
    run_import(by=coordinator, table_import=sent)

    assert (good.cells["number"], bad.cells["number"], list(bad.errors)) == ("900101-****", "900101-****", ["number"])
    assert CompanyNumber.objects.get().is_person
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ~ %s', ["9001010017|900101-0017"])
            assert (table, cursor.fetchone()[0]) == (table, 0)


@pytest.mark.parametrize(
    ("heading", "kind", "field"),
    [
        ("Organisationsnr", "companies", None), ("Org.nr.", "companies", "number"), ("NAMN", "companies", "name"),
        ("Company name", "companies", "name"), ("Member since", "companies", "joined_on"), ("E-post", "people", "email"),
        ("Målgrupp", "people", "target_group"), ("Organisation", "people", "company"),
    ],
)  # fmt: skip
def test_columns_are_guessed_in_both_languages(heading, kind, field):
    assert guess_columns(kind, [heading]).get(0) == field


def test_errors_are_told_in_the_readers_language(coordinator):
    sent = send(coordinator, [company_row(1, **{"Medlem från": "i våras"})])

    with translation.override("sv"):
        swedish = lines_of(sent)[0].errors
    with translation.override("en"):
        english = lines_of(sent)[0].errors

    assert (swedish, english) == (
        {"joined_on": "Skriv datumet som 2026-11-24."},
        {"joined_on": "Write the date as 2026-11-24."},
    )


def test_number_of_new_rows_is_said_in_words_that_agree():
    assert [Verdict.NEW.of(number) for number in (0, 1, 2)] == ["nya rader", "ny rad", "nya rader"]


def carry_out_at_once(by, lists):
    """Both in threads of their own; what each was answered."""
    start, found = Barrier(2), []

    def work(table_import):
        start.wait()
        try:
            found.append(str(run_import(by=by, table_import=table_import).state))
        except ConflictingEntry:
            found.append("meanwhile")
        finally:
            connection.close()

    threads = [Thread(target=work, args=(each,)) for each in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locked", "second"), [(False, "meanwhile"), (True, "imported")])
def test_of_two_who_carry_out_the_same_list_both_get_an_answer(coordinator, monkeypatch, locked, second):
    """Without the lock the second comes too late, whole, and is told; with it the second finds what is there already."""
    lists = [send(coordinator, [company_row(n) for n in range(3)]) for _ in range(2)]
    read, both_have_read = steps.lines_of, Barrier(2)

    def slowly(*args, **options):
        lines = read(*args, **options)
        if not locked:
            both_have_read.wait()
        return lines

    monkeypatch.setattr(steps, "lines_of", slowly)
    if not locked:
        monkeypatch.setattr(steps, "_wait_for_other_lists", lambda: None)

    answers = carry_out_at_once(coordinator, lists)

    assert answers == sorted(["imported", second])
    assert (Company.objects.count(), CompanyNumber.objects.count(), Membership.objects.count()) == (3, 3, 3)
    assert Import.objects.filter(state=ImportState.IMPORTED).count() == answers.count("imported")


@pytest.mark.django_db(transaction=True)
def test_one_list_carried_out_twice_at_once_is_in_once(coordinator):
    sent = send(coordinator, [company_row(n) for n in range(3)])

    assert (carry_out_at_once(coordinator, [sent, sent]), Company.objects.count()) == (["imported"] * 2, 3)
