"""The company that a guest names: never a member's own, found again by its number, and shown to staff where it is one."""

import pytest

from events.models import Registration
from members.actions.company_numbers import set_number
from members.actions.merging.duplicates import likely_duplicates_of
from members.models import CompanyNumber
from tests.events.seats import make_course
from tests.events.test_signup import GUEST, form, link_in_mail, path

pytestmark = pytest.mark.django_db


def sign_up_as_guest(client, **fields):
    """A confirmed sign-up; answers its registration."""
    client.post(path(make_course(2, asks_organisation_number=True)), form(**(GUEST | fields)))
    client.post(link_in_mail(fields["email"]))
    return Registration.objects.latest("pk")


def test_a_guests_number_is_the_companys_and_finds_it_again_under_another_name(client):
    first = sign_up_as_guest(client, email="a@u.example", company_name="Utanför", organisation_number="556016-0680")
    same = sign_up_as_guest(client, email="b@u.example", company_name="Utanfor AB", organisation_number="5560160680")
    other = sign_up_as_guest(client, email="c@u.example", company_name="Utanför", organisation_number="556529-8790")

    numbers = CompanyNumber.objects.order_by("pk").values_list("company", "digits", "changed_by")
    assert (same.company, other.company == first.company) == (first.company, False)
    assert list(numbers) == [(first.company_id, "5560160680", None), (other.company_id, "5565298790", None)]


def test_a_guest_with_the_number_of_a_member_is_not_put_into_it_but_shown_to_staff(client, owner, company, staff):
    set_number(by=staff, company=company, text="556016-0680")

    guest = sign_up_as_guest(client, email="a@u.example", company_name="Annat namn", organisation_number="556016-0680")

    assert guest.company.name == "Annat namn"
    assert likely_duplicates_of(company) == [(guest.company_id, ["number"])]
    assert CompanyNumber.objects.count() == 1
