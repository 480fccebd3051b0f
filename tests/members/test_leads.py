"""Leads that staff enter by hand, who follows them up, and people who take part without a company."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from creativenorth.mail.models import Mail
from creativenorth.staff.todos import todos_for
from events.models import Registration
from members.actions import leads, pipeline
from members.models import Company, Enquiry, User
from tests import html_validator
from tests.factories import make_activity, make_enquiry, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
ADD = "/admin/members/enquiry/add/"
STEPS = ("lead", "follow-up", "account")


def a_lead(**fields):
    values = {
        "kind": "lead",
        "company_name": "Lärkan AB",
        "name": "Lo Lärka",
        "phone": "070-123 45 67",
        "email": "",
        "website": "",
        "source": "tip",
        "message": "Gör film i Älvsbyn.",
        "responsible": "",
        "next_step": "",
        "remind_on": "",
        "idempotency_key": str(uuid.uuid4()),
    }
    return values | fields


def a_founder(**fields):
    return make_enquiry(kind="founder", name="Stina Student", company_name="", email="stina@skolan.example", **fields)


@pytest.fixture
def client(coordinator):
    return signed_in(coordinator)


@pytest.fixture
def colleague(groups):
    return make_user("kollega@kluster.example", name="Kim Kollega", is_staff=True, groups=["coordinator"])


def page_of(enquiry, page="change"):
    return f"/admin/members/enquiry/{enquiry.pk}/{page}/"


def test_a_lead_is_entered_once_with_phone_source_and_who_is_responsible(client, coordinator):
    form = a_lead(responsible=coordinator.pk, next_step="Ring", remind_on="2027-02-03")

    answers = [client.post(ADD, form).status_code for _ in range(2)]

    enquiry = Enquiry.objects.get()
    assert (answers, str(enquiry), enquiry.phone, enquiry.source) == ([302, 302], "Lärkan AB", "070-123 45 67", "tip")
    assert (enquiry.responsible, enquiry.next_step, enquiry.entered_by) == (coordinator, "Ring", coordinator)
    assert Mail.objects.count() == 0


def test_the_form_proposes_oneself_as_responsible(client, coordinator):
    page = client.get(ADD)

    assert page.context["form"].initial["responsible"] == coordinator.pk
    assert html_validator.errors(page.content.decode()) == []


def test_a_lead_that_nobody_can_reach_comes_back_with_the_reason_beside_the_phone(client):
    page = client.post(ADD, a_lead(phone="", remind_on="2027-02-03"))

    assert (page.status_code, Enquiry.objects.count()) == (422, 0)
    assert page.context["form"].errors == {
        "phone": ["Skriv en e-postadress eller ett telefonnummer, så att ni kan höra av er."]
    }
    assert 'value="2027-02-03"' in page.content.decode()


def test_a_lead_is_a_company_or_a_person(client):
    codes = [
        client.post(ADD, a_lead(company_name=company, name=name)).status_code
        for company, name in (("Lärkan AB", ""), ("", "Lo Lärka"), ("", ""))
    ]

    assert (codes, sorted(str(enquiry) for enquiry in Enquiry.objects.all())) == (
        [302, 302, 422],
        ["Lo Lärka", "Lärkan AB"],
    )


def test_a_lead_is_corrected_and_what_others_wrote_is_not(client):
    client.post(ADD, a_lead())
    entered, written = Enquiry.objects.get(), make_enquiry(company_name="Eget AB")

    codes = [client.post(page_of(one, "lead"), a_lead(company_name="Ny AB")).status_code for one in (entered, written)]

    assert (codes, sorted(Enquiry.objects.values_list("company_name", flat=True))) == ([302, 403], ["Eget AB", "Ny AB"])


def test_a_colleague_is_told_once_that_they_are_responsible(client, colleague):
    enquiry = make_enquiry()
    form = {"responsible": colleague.pk, "next_step": "Boka besök", "remind_on": ""}

    for _ in range(2):
        client.post(page_of(enquiry, "follow-up"), form)

    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("kollega@kluster.example", "Du är ansvarig: Ny & Co")
    assert "Nästa steg: Boka besök" in mail.text


def test_who_is_responsible_once_more_is_told_once_more(client, coordinator, colleague):
    enquiry = make_enquiry()

    for person in (colleague, coordinator, colleague):
        client.post(page_of(enquiry, "follow-up"), {"responsible": person.pk, "next_step": "", "remind_on": ""})

    assert Mail.objects.filter(to=colleague.email).count() == 2


def test_next_steps_are_todos_ones_own_first_then_nobodys_then_colleagues(coordinator, colleague):
    today = timezone.localdate()
    for name, responsible, days in (("Deras", colleague, 3), ("Ingens", None, 1), ("Min", coordinator, 0)):
        make_enquiry(
            company_name=name,
            stage="visited",
            responsible=responsible,
            next_step="Ring",
            remind_on=today - timedelta(days=days),
        )

    found = [(todo.text, todo.detail) for todo in todos_for(coordinator) if "enquiry" in todo.url]

    assert found == [("Min (besökt)", "Ring"), ("Ingens (besökt)", "Ring"), ("Deras (besökt)", "Ring · Kim Kollega")]


def test_the_list_shows_ones_own(client, coordinator, colleague):
    make_enquiry(company_name="Min", responsible=coordinator)
    make_enquiry(company_name="Deras", responsible=colleague)

    found = client.get("/admin/members/enquiry/", {"whose": "mine"}).context["cl"].result_list

    assert [enquiry.company_name for enquiry in found] == ["Min"]


def test_phone_and_next_step_go_along_to_the_company(client, coordinator):
    day = timezone.localdate() + timedelta(days=9)
    enquiry = make_enquiry(phone="0911-12 34 56", next_step="Fotografera", remind_on=day, responsible=coordinator)
    form = client.get(page_of(enquiry, "company")).context["form"]
    sent = {**form.initial, "joined_on": timezone.localdate().isoformat()}

    client.post(page_of(enquiry, "company"), sent)

    company = Company.objects.get()
    assert str(company.profile.phone) == "0911-12 34 56"
    assert [(note.text, note.remind_on, note.by) for note in company.notes.all()] == [("Fotografera", day, coordinator)]


def test_a_founder_gets_an_account_once_and_is_told(client):
    enquiry = a_founder(phone="070-1")

    for _ in range(2):
        client.post(page_of(enquiry, "account"))

    enquiry.refresh_from_db()
    person = User.objects.get(email="stina@skolan.example")
    assert (enquiry.stage, enquiry.resulting_person, person.name, person.phone) == (
        "joined",
        person,
        "Stina Student",
        "070-1",
    )
    assert person.emailaddress_set.get().verified is False
    assert [mail.subject for mail in Mail.objects.all()] == ["Du kan delta i Creative North"]


def test_who_has_an_account_keeps_it(coordinator):
    person = make_user("stina@skolan.example", name="Stina S")

    assert leads.open_account(by=coordinator, enquiry=a_founder()) == person
    assert User.objects.get(pk=person.pk).name == "Stina S"


def test_a_closed_account_is_not_opened_by_a_lead(client):
    make_user("stina@skolan.example", is_active=False)
    enquiry = a_founder()

    client.post(page_of(enquiry, "account"))

    enquiry.refresh_from_db()
    assert (enquiry.stage, enquiry.resulting_person) == ("new", None)


def test_a_person_without_a_company_signs_up_as_themselves(coordinator):
    person = leads.open_account(by=coordinator, enquiry=a_founder())
    activity = make_activity()
    page = f"/aktiviteter/{activity.slug}/anmalan/"
    client = signed_in(person)

    form = client.get(page).context["form"]
    client.post(page, {"idempotency_key": str(uuid.uuid4()), "who": "me", "mode": "on_site", **form.initial})

    assert [(row.user, row.company) for row in Registration.objects.all()] == [(person, None)]


def test_a_founder_starts_a_company_later(coordinator):
    enquiry = a_founder()
    person = leads.open_account(by=coordinator, enquiry=enquiry)

    company = pipeline.welcome_company(
        by=coordinator, enquiry=enquiry, name="Stinas AB", email=person.email, joined_on=timezone.localdate()
    )

    enquiry.refresh_from_db()
    assert (enquiry.resulting_company, enquiry.resulting_person) == (company, person)


def test_a_reader_enters_and_changes_nothing(groups):
    reader = make_user(is_staff=True, groups=["reader"])
    enquiry = a_founder()
    client = signed_in(reader)

    codes = [client.post(page, a_lead()).status_code for page in (ADD, *[page_of(enquiry, step) for step in STEPS])]

    assert (codes, Enquiry.objects.count(), User.objects.filter(email=enquiry.email).count()) == ([403] * 4, 1, 0)
    with pytest.raises(PermissionDenied):
        leads.enter_lead(by=reader, idempotency_key=uuid.uuid4(), name="x")


@pytest.mark.parametrize("fields", [{"entered": True}, {"kind": "founder"}, {"stage": "declined"}])
def test_the_pages_of_a_lead_are_valid_html(client, coordinator, fields):
    entered_by = coordinator if fields.pop("entered", None) else None
    enquiry = make_enquiry(**fields, entered_by=entered_by, source="tip", phone="070-123 45 67")

    assert html_validator.errors(client.get(page_of(enquiry)).content.decode()) == []
