"""Staff's side of people and companies."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from creativenorth.mail.models import Mail
from members.models import Company, Enquiry, User
from tests.factories import (
    make_affiliation,
    make_company,
    make_enquiry,
    make_full_company,
    make_invitation,
    make_sector,
    make_skill,
    make_user,
)

pytestmark = pytest.mark.django_db

MODELS = ["company", "user", "membership", "sector", "skill", "enquiry", "invitation"]
CANNOT_BE_ADDED = ["enquiry"]


def address(model, page, *args):
    return reverse(f"admin:members_{model}_{page}", args=args)


def make_one(model):
    company = make_full_company(f"Admin {model} {Company.objects.count()}")
    makers = {
        "company": lambda: company,
        "user": lambda: make_affiliation(make_user(), company).user,
        "membership": lambda: company.memberships.get(),
        "sector": lambda: make_sector(f"Sektor {company.pk}"),
        "skill": lambda: make_skill(f"Kunskap {company.pk}"),
        "enquiry": make_enquiry,
        "invitation": lambda: make_invitation(company),
    }
    return makers[model]()


def make_reader(*names):
    reader = make_user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    return reader


@pytest.mark.parametrize("model", MODELS)
def test_each_list_and_form_opens_for_staff(staff_client, model):
    thing = make_one(model)

    pages = [address(model, "changelist"), address(model, "change", thing.pk), address(model, "history", thing.pk)]
    if model not in CANNOT_BE_ADDED:
        pages.append(address(model, "add"))

    assert [staff_client.get(page).status_code for page in pages] == [200] * len(pages)


@pytest.mark.parametrize("model", MODELS)
def test_no_list_opens_for_others(owner_client, visitor_client, client, model):
    page = address(model, "changelist")
    client.force_login(make_reader())

    statuses = [caller.get(page).status_code for caller in (owner_client, visitor_client, client)]

    assert statuses[2] == 403
    assert set(statuses[:2]) <= {302, 403}


@pytest.mark.parametrize("model", MODELS)
def test_a_list_asks_as_much_of_the_database_for_many_as_for_one(staff_client, model, django_assert_num_queries):
    make_one(model)
    staff_client.get(address(model, "changelist"))
    with CaptureQueriesContext(connection) as one:
        staff_client.get(address(model, "changelist"))
    for _ in range(5):
        make_one(model)

    with django_assert_num_queries(len(one)):
        staff_client.get(address(model, "changelist"))


def test_a_new_person_has_no_password_and_signs_in_by_code(staff_client):
    staff_client.post(
        address("user", "add"),
        {"name": "Nils Ny", "email": "Nils@Ny.example", "language": "sv", "is_active": "on", **no_rows("affiliations")},
    )

    person = User.objects.get(email="nils@ny.example")
    assert not person.has_usable_password()
    assert not EmailAddress.objects.get(user=person).verified


def test_no_form_shows_a_password(staff_client):
    person = make_user()

    for page in (address("user", "add"), address("user", "change", person.pk)):
        assert 'name="password' not in staff_client.get(page).content.decode()


def test_a_coordinator_without_every_right_cannot_raise_anybody(client):
    client.force_login(make_reader("view_user", "change_user"))
    person = make_user(name="Vanlig")

    client.post(
        address("user", "change", person.pk),
        {
            "name": "Ändrad",
            "email": person.email,
            "language": "sv",
            "is_active": "on",
            "is_staff": "on",
            "is_superuser": "on",
        },
    )

    person.refresh_from_db()
    assert (person.name, person.is_staff, person.is_superuser) == ("Ändrad", False, False)


def test_a_coordinator_cannot_change_the_account_of_somebody_with_every_right(client, staff):
    client.force_login(make_reader("view_user", "change_user"))

    answer = client.post(address("user", "change", staff.pk), {"name": "Kapad", "email": "kapad@ond.example"})

    staff.refresh_from_db()
    assert (answer.status_code, staff.email) == (403, "samordnare@kluster.example")


def test_publishing_is_an_action_in_the_list(staff_client):
    company = make_company(published=False)

    staff_client.post(address("company", "changelist"), {"action": "publish", "_selected_action": [company.pk]})

    company.refresh_from_db()
    assert company.published_at is not None


def test_spam_is_chosen_and_deleted(staff_client):
    spam, kept = make_enquiry(message="Köp nu"), make_enquiry()

    staff_client.post(
        address("enquiry", "changelist"),
        {"action": "delete_selected", "_selected_action": [spam.pk], "post": "yes"},
    )

    assert list(Enquiry.objects.all()) == [kept]


def test_an_invitation_added_by_staff_mails_its_link(staff_client):
    company = make_company()

    staff_client.post(
        address("invitation", "add"),
        {"company": company.pk, "email": "ny@bolag.example", "role": "editor", "language": "sv"},
    )

    assert [(it.email, it.role, it.is_open) for it in company.invitations.all()] == [
        ("ny@bolag.example", "editor", True)
    ]
    assert [mail.to for mail in Mail.objects.all()] == ["ny@bolag.example"]


def test_an_invitation_sent_anew_takes_the_place_of_the_old_link(staff_client):
    old = make_invitation(make_company())

    staff_client.post(address("invitation", "changelist"), {"action": "send_anew", "_selected_action": [old.pk]})

    old.refresh_from_db()
    assert old.revoked_at is not None
    assert old.company.invitations.open().count() == 1


def test_the_outbox_never_shows_a_secret(staff_client):
    columns = {"to": "a@demo.example", "subject": "837261 är koden", "text": "837261", "html": "<p>837261</p>"}
    mail = Mail.objects.create(cause="kod", is_secret=True, **columns)

    pages = [reverse("admin:creativenorth_mail_change", args=[mail.pk]), reverse("admin:creativenorth_mail_changelist")]
    answers = [staff_client.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not any("837261" in answer.content.decode() for answer in answers)


@pytest.mark.parametrize(("rights", "state"), [(["view_mail"], "failed"), (["view_mail", "change_mail"], "queued")])
def test_failed_mail_is_sent_again_by_those_who_may(client, rights, state):
    client.force_login(make_reader(*rights))
    mail = Mail.objects.create(
        cause="x", to="a@demo.example", subject="Hej", text="Hej", state="failed", error="550", attempts=8
    )

    client.post(reverse("admin:creativenorth_mail_changelist"), {"action": "send_again", "_selected_action": [mail.pk]})

    mail.refresh_from_db()
    assert mail.state == state


def no_rows(prefix):
    return {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}


def test_a_companys_page_asks_as_much_for_many_people_as_for_one(staff_client, company, django_assert_num_queries):
    make_affiliation(make_user(), company)
    page = f"/admin/members/company/{company.pk}/change/"
    staff_client.get(page)  # what a process reads once
    with CaptureQueriesContext(connection) as one:
        staff_client.get(page)
    for _number in range(4):
        make_affiliation(make_user(), company)

    with django_assert_num_queries(len(one)):
        staff_client.get(page)


def test_nobody_gets_an_address_that_is_anothers_second_one(staff_client):
    one, other = make_user("a@bolag.example"), make_user("b@bolag.example", name="Bea")
    EmailAddress.objects.create(user=other, email="bea@hem.example", verified=True)
    page = f"/admin/members/user/{one.pk}/change/"
    fields = {"name": one.name, "language": "sv", "is_active": "on", "email": "Bea@hem.example"}

    response = staff_client.post(page, fields)

    assert response.context["adminform"].form.errors["email"] == ["Det är en annan av adresserna som Bea har."]
