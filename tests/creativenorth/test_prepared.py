"""Queries that are put together once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from creativenorth.prepared import Now, Today, prepared
from members.models import Company, Membership, Sector
from tests.factories import make_company, make_sector
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@prepared
def _companies(keys, *, order="name"):
    return Company.objects.filter(pk__in=keys).order_by(order)


@prepared
def _members(company):
    return Membership.objects.current().filter(company=company).select_related("company")


def test_values_are_those_of_each_call():
    act, picture, circle = (make_company(name) for name in ("Akt", "Bild", "Cirkel"))

    found = [_companies(keys) for keys in ([picture.pk, act.pk], [circle.pk], [0])]

    assert found == [[act, picture], [circle], []]
    assert _companies([act.pk, picture.pk], order="-name") == [picture, act]


def test_rows_stand_for_themselves_and_are_read_with_what_belongs_to_them(django_assert_num_queries):
    companies = [make_company("Akt"), make_company("Bild")]
    _members(companies[0])

    with django_assert_num_queries(2):
        found = [membership.company.name for company in companies for membership in _members(company)]

    assert found == ["Akt", "Bild"]


def test_time_goes_on(time_machine):
    company = make_company("Akt")
    Membership.objects.update(left_on=timezone.localdate() + timedelta(days=2))
    before = len(_members(company))

    time_machine.move_to(timezone.now() + timedelta(days=3))

    assert (before, len(_members(company))) == (1, 0)


def test_a_time_that_would_stand_still_is_refused():
    @prepared
    def since():
        return Company.objects.filter(published_at__lte=timezone.now())

    with pytest.raises(TypeError):
        since()


def test_now_and_today_serve_in_any_query():
    company = make_company("Akt")

    assert list(Company.objects.filter(published_at__lte=Now(), memberships__joined_on__lte=Today())) == [company]


def test_what_is_read_ahead_is_read_ahead(django_assert_num_queries):
    make_company("Akt", sectors=[make_sector()])

    @prepared
    def whole():
        return Company.objects.with_whole_profile()

    with django_assert_num_queries(4):
        sectors = [list(company.public_version.sectors.all()) for company in whole()]

    assert sectors == [list(Sector.objects.all())]


def test_each_thread_asks_over_a_connection_of_its_own():
    _companies([0])

    assert at_once(_companies, [[0]] * 4, threads=4) == [[]] * 4
