"""An enquiry becomes a member: company, membership and the owner's invitation, once."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone

from creativenorth.mail.models import Mail
from members.actions import pipeline
from members.models import Company, EnquiryStep, Invitation, Membership
from tests import html_validator
from tests.factories import make_company, make_enquiry, make_user
from tests.members.test_pipeline import address
from tests.roles import signed_in

pytestmark = pytest.mark.django_db


def join(enquiry, client, **changes):
    form = {"name": "Ny & Co", "email": "nora@ny.example", "joined_on": "2026-11-24", "language": "sv"} | changes
    return client.post(address(enquiry, "company"), form)


def test_joined_makes_company_membership_and_invitation_from_what_was_written(coordinator):
    enquiry = make_enquiry(website="https://ny.example/")
    client = signed_in(coordinator)
    wanted = client.get(address(enquiry, "company")).context["form"].initial

    response = join(enquiry, client)

    company = Company.objects.get()
    assert (wanted["name"], wanted["email"]) == ("Ny & Co", "nora@ny.example")
    assert response.url == f"/admin/members/company/{company.pk}/card/"
    assert (company.name, company.slug, company.profile.website) == ("Ny & Co", "ny-co", "https://ny.example/")
    assert [(it.email, it.role) for it in Invitation.objects.all()] == [("nora@ny.example", "owner")]
    assert str(Membership.objects.get().joined_on) == "2026-11-24"


def test_joined_twice_is_once(coordinator):
    enquiry = make_enquiry()
    client = signed_in(coordinator)

    answers = [join(enquiry, client).url for _ in range(2)]

    assert answers[0] == answers[1]
    assert [model.objects.count() for model in (Company, Membership, Invitation, Mail)] == [1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_joined_by_two_at_the_same_moment_is_once():
    coordinator = make_user(is_staff=True, is_superuser=True)
    enquiry = make_enquiry()

    def welcome():
        pipeline.welcome_company(
            by=coordinator, enquiry=enquiry, name="Ny & Co", email="nora@ny.example", joined_on=timezone.localdate()
        )
        connection.close()

    threads = [threading.Thread(target=welcome) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [model.objects.count() for model in (Company, Membership, Invitation, Mail, EnquiryStep)] == [1] * 5


def test_a_company_that_is_here_already_is_offered_and_used(coordinator):
    guest = make_company("Ny och Glad", member=False)
    enquiry = make_enquiry()
    client = signed_in(coordinator)
    page = client.get(address(enquiry, "company"))

    join(enquiry, client, company=guest.pk)

    assert list(page.context["form"].fields["company"].queryset) == [guest]
    assert list(Company.objects.members()) == [guest]


@pytest.mark.parametrize(("joined_in", "status"), [(-30, 302), (7, 422)])
def test_a_company_with_a_membership_that_ends_keeps_it_or_a_later_day_is_asked_for(coordinator, joined_in, status):
    company = make_company("Ny och Glad", member=False)
    joined_on = timezone.localdate() + timedelta(days=joined_in)
    Membership.objects.create(company=company, joined_on=joined_on, left_on=joined_on + timedelta(days=60))

    page = join(make_enquiry(), signed_in(coordinator), company=company.pk, joined_on=timezone.localdate())

    assert (page.status_code, Membership.objects.count(), Invitation.objects.count()) == (status, 1, int(status == 302))


def test_an_impossible_address_comes_back_with_what_was_typed(coordinator):
    page = join(make_enquiry(), signed_in(coordinator), email="ingen adress", name="Kvar AB")

    assert (page.status_code, Company.objects.count()) == (422, 0)
    assert page.context["form"]["name"].value() == "Kvar AB"
    assert html_validator.errors(page.content.decode()) == []


def test_who_has_joined_does_not_move_any_more(coordinator):
    enquiry = make_enquiry()
    client = signed_in(coordinator)
    join(enquiry, client)

    client.post(address(enquiry, "stage"), {"to": "declined"})

    enquiry.refresh_from_db()
    assert enquiry.stage == "joined"


def test_who_may_not_make_companies_does_not_welcome_any():
    member = make_user(is_staff=True)
    member.user_permissions.set(Permission.objects.filter(codename__in=["view_enquiry", "change_enquiry"]))

    assert join(make_enquiry(), signed_in(member)).status_code == 403
