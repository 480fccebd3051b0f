"""The card that staff open when a company calls: notes, contacts, people, how it came in, what it takes part in."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from creativenorth.history.entries import entries
from creativenorth.staff.todos import todos_for
from members.actions.company_notes import finish_next_step, write_note
from members.admin.companies import CompanyAdmin
from members.models import CompanyNote, EnquiryNote
from tests import html_validator
from tests.factories import (
    make_activity,
    make_affiliation,
    make_attendance,
    make_enquiry,
    make_full_company,
    make_invitation,
    make_registration,
    make_user,
)
from tests.roles import signed_in

pytestmark = pytest.mark.django_db


def address(company, page="card/"):
    return f"/admin/members/company/{company.pk}/{page}"


def of_note(note, step="text"):
    return f"/admin/members/companynote/{note.pk}/{step}/"


def a_note(text="Ring efter lunch.", **fields):
    return {"text": text, "remind_on": "", "idempotency_key": str(uuid.uuid4())} | fields


@pytest.fixture
def called():
    return make_full_company("Ringer AB")


@pytest.fixture
def reader(groups):
    return make_user("lasare@kluster.example", is_staff=True, groups=["reader"])


@pytest.fixture
def coordinator_client(coordinator):
    return signed_in(coordinator)


def fill(company, number):
    """That many people, invitations, enquiries with a note, notes, and activities with a participant."""
    for count in range(number):
        person = make_user(name=f"Kim {count}")
        make_affiliation(person, company)
        make_invitation(company, f"ny{count}@bolag.example")
        enquiry = make_enquiry(stage="joined", resulting_company=company)
        EnquiryNote.objects.create(enquiry=enquiry, text="Ringde.", by=person)
        CompanyNote.objects.create(company=company, text="Vill ha hjälp.", by=person)
        make_registration(make_activity(starts_in=timedelta(days=5)), person, company=company)
        make_attendance(make_activity(starts_in=timedelta(days=-5)), person, company=company)


def test_the_card_shows_how_to_reach_the_company(coordinator_client, called):
    page = coordinator_client.get(address(called)).content.decode()

    assert ('href="tel:+46911123456"' in page, 'href="mailto:hej@full.example"' in page) == (True, True)
    assert "medlem sedan" in page


def test_the_card_names_people_with_role_and_phone_and_who_is_invited(coordinator_client, called):
    make_affiliation(make_user(name="Ada Ek", phone="070-123 45 67"), called, "owner", title="vd")
    make_affiliation(make_user(name="Bo Gick"), called, ended_on=timezone.localdate())
    make_invitation(called, "ny@bolag.example")

    page = coordinator_client.get(address(called)).content.decode()

    assert ('href="tel:+46701234567"' in page, "ny@bolag.example" in page) == (True, True)
    assert ("Ada Ek" in page, "Bo Gick" in page, "1 person har slutat" in page) == (True, False, True)


def test_the_card_tells_where_the_company_came_from(coordinator_client, called):
    enquiry = make_enquiry(name="Nora Ny", stage="joined", resulting_company=called)
    EnquiryNote.objects.create(enquiry=enquiry, text="Träffades på mässan.")

    page = coordinator_client.get(address(called)).content.decode()

    assert page.count(f"/admin/members/enquiry/{enquiry.pk}/change/") == 2
    assert "Träffades på mässan." in page


def test_the_card_tells_who_takes_part_and_who_was_there(coordinator_client, called):
    ada, bo = make_user(name="Ada Ek"), make_user(name="Bo Al")
    been = make_activity("Varit", starts_in=timedelta(days=-3))
    make_attendance(been, ada, company=called)
    make_registration(been, bo, company=called)
    make_registration(make_activity("Blir"), ada, company=called)
    make_registration(make_activity("Av"), ada, company=called, state="cancelled")

    groups = coordinator_client.get(address(called)).context["sections"][0].context["groups"]

    assert [
        [(str(one["activity"]), [(line["name"], line["state"]) for line in one["lines"]]) for one in group["rows"]]
        for group in groups
    ] == [[("Blir", [("Ada Ek", "bekräftad")])], [("Varit", [("Ada Ek", "var där"), ("Bo Al", "kom inte")])]]


def test_the_card_takes_as_many_queries_for_many_as_for_one(coordinator, django_assert_max_num_queries):
    client, counts = signed_in(coordinator), []
    for number in (1, 30):
        company = make_full_company(f"Bolag {number}")
        fill(company, number)
        with django_assert_max_num_queries(12) as queries:
            assert client.get(address(company)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_card_is_valid_html(coordinator, called, coordinator_client):
    fill(called, 1)
    write_note(
        by=coordinator, company=called, text="Egen", remind_on=timezone.localdate(), idempotency_key=uuid.uuid4()
    )

    assert html_validator.errors(coordinator_client.get(address(called)).content.decode()) == []


def test_lists_and_the_search_lead_to_the_card(coordinator_client, called):
    listed = coordinator_client.get("/admin/members/company/").content.decode()
    found = coordinator_client.get("/admin/search/", {"q": "ringer"}).content.decode()

    assert (f'href="{address(called)}"' in listed, f'href="{address(called)}"' in found) == (True, True)


def test_a_note_is_kept_once_under_a_double_click(coordinator, called):
    form = a_note()

    answers = [signed_in(coordinator).post(address(called, "notes/"), form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert [(note.text, note.by) for note in called.notes.all()] == [("Ring efter lunch.", coordinator)]


def test_an_empty_note_comes_back_with_the_reason_and_the_day(coordinator_client, called):
    response = coordinator_client.post(address(called, "notes/"), a_note(" ", remind_on="2027-02-03"))

    page = response.content.decode()
    assert (response.status_code, called.notes.count()) == (422, 0)
    assert ("Skriv något först." in page, 'value="2027-02-03"' in page) == (True, True)


def test_the_author_changes_and_removes_a_note_and_the_history_keeps_it(coordinator, coordinator_client, called):
    note = write_note(by=coordinator, company=called, text="Fel", idempotency_key=uuid.uuid4())

    coordinator_client.post(of_note(note), a_note("Rätt"))
    changed = called.notes.get().text
    removals = [coordinator_client.post(of_note(note, "removal")).status_code for _ in range(2)]

    told = [entry for entry in entries(called, CompanyAdmin.further_rows) if entry.kind.startswith("Anteckning")]
    assert (changed, removals, called.notes.count()) == ("Rätt", [302, 302], 0)
    assert [entry.kind.rpartition(": ")[2] for entry in told] == ["togs bort", "ändrades", "lades till"]


def test_a_day_that_a_colleague_took_away_does_not_come_back(coordinator, coordinator_client, called):
    day = timezone.localdate()
    note = write_note(by=coordinator, company=called, text="Ring", remind_on=day, idempotency_key=uuid.uuid4())
    shown = {"initial-text": "Ring", "initial-remind_on": day.isoformat()}
    finish_next_step(by=coordinator, note=note)

    coordinator_client.post(of_note(note), a_note("Ring, helst", remind_on=day.isoformat()) | shown)

    note.refresh_from_db()
    assert (note.text, note.remind_on) == ("Ring, helst", None)


def test_an_empty_change_comes_back_open_with_the_reason(coordinator, coordinator_client, called):
    note = write_note(by=coordinator, company=called, text="Fel", idempotency_key=uuid.uuid4())

    response = coordinator_client.post(of_note(note), a_note(""))

    page = response.content.decode()
    assert (response.status_code, page.count("Skriv något först."), called.notes.get().text) == (422, 1, "Fel")
    assert '<details class="notes__own" open>' in page


@pytest.mark.parametrize("step", ["text", "removal"])
def test_nobody_else_changes_or_removes_it(coordinator, called, step):
    note = write_note(by=coordinator, company=called, text="Min", idempotency_key=uuid.uuid4())
    colleague = signed_in(make_user(is_staff=True, groups=["coordinator"]))

    answer = colleague.post(of_note(note, step), a_note("Din"))

    assert (answer.status_code, called.notes.get().text) == (403, "Min")


def test_a_reader_reads_the_card_and_writes_nothing(coordinator, reader, called):
    note = write_note(by=coordinator, company=called, text="Läs mig", idempotency_key=uuid.uuid4())
    client = signed_in(reader)

    page = client.get(address(called))
    pages = [address(called, "notes/"), *[of_note(note, step) for step in ("text", "step", "removal")]]
    codes = [client.post(page, a_note()).status_code for page in pages]

    assert ("Läs mig" in page.content.decode(), "<textarea" in page.content.decode()) == (True, False)
    assert (page.status_code, codes, called.notes.count()) == (200, [403] * 4, 1)


def test_a_next_step_is_a_todo_from_its_day_ones_own_first(coordinator, called):
    colleague, today = make_user(name="Kim", is_staff=True, groups=["coordinator"]), timezone.localdate()
    for by, text, days in ((colleague, "Skicka avtal", -3), (coordinator, "Ring", 0), (coordinator, "Fika", 1)):
        day = today + timedelta(days=days)
        write_note(by=by, company=called, text=text, remind_on=day, idempotency_key=uuid.uuid4())

    found = [(todo.text, todo.detail) for todo in todos_for(coordinator) if todo.url == address(called)]

    assert found == [("Ringer AB", "Ring"), ("Ringer AB", "Kim: Skicka avtal")]


def test_a_step_that_is_taken_is_no_todo_and_stays_a_note(coordinator, coordinator_client, called):
    today = timezone.localdate()
    note = write_note(by=coordinator, company=called, text="Ring", remind_on=today, idempotency_key=uuid.uuid4())

    answers = [coordinator_client.post(of_note(note, "step")).status_code for _ in range(2)]

    assert (answers, [todo.url for todo in todos_for(coordinator) if todo.url == address(called)]) == ([302, 302], [])
    assert [(one.text, one.remind_on) for one in called.notes.all()] == [("Ring", None)]


def test_there_is_no_card_without_a_company(coordinator_client):
    assert coordinator_client.get("/admin/members/company/987654/card/").status_code == 404
