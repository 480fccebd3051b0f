"""The results page counts rows; what has no rows or is invented is left out."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from creativenorth.views.results import count_results, in_words
from events.models import Attendance
from tests import factories

pytestmark = pytest.mark.django_db


def figures():
    return [(figure.value, figure.label) for figure in in_words(count_results())["figures"]]


def test_an_empty_portal_has_no_figure(client):
    page = client.get("/resultat/").content.decode()

    assert figures() == []
    assert "Inget att redovisa än" in page


def test_attendance_is_counted_where_it_was_seen_and_every_figure_equals_its_table():
    company = factories.make_company()
    held = factories.make_activity(starts_in=-timedelta(days=9), sessions=2)
    invented = factories.make_activity(starts_in=-timedelta(days=9), is_demo=True)
    factories.make_attendance(invented, target_group="manager", company=company)
    twice = factories.make_attendance(held, target_group="manager", company=company).registration
    Attendance.objects.create(registration=twice, session=held.sessions.last(), minutes=60)
    left = factories.make_attendance(held, target_group="creator").registration
    left.change_state("cancelled", "by_staff", at=timezone.now())
    factories.make_attendance(held)
    factories.make_registration(held, company=factories.make_company(member=False))
    factories.make_registration(factories.make_activity(), company=company)

    counted = in_words(count_results())

    assert figures() == [
        (1, "företag är med i dag"),
        (1, "genomförd aktivitet"),
        (3, "deltaganden i dem"),
        (1, "företag har varit med på en aktivitet"),
    ]
    groups = [(group["label"], group["count"], group["percent"]) for group in counted["groups"]]
    assert [(str(label), count, percent) for label, count, percent in groups[-1:]] == [
        ("ingen målgrupp angiven", 1, 33)
    ]
    assert (sum(count for _label, count, _percent in groups), counted["groups_total"]) == (3, 3)


def test_members_are_counted_at_the_end_of_each_year():
    year = timezone.localdate().year
    for joined, left in ((year - 2, None), (year - 2, year - 1), (year, None)):
        company = factories.make_company(member=False)
        factories.make_membership(company, joined_on=date(joined, 1, 1), left_on=left and date(left, 6, 1))

    assert count_results()["by_year"] == [(year - 2, 2), (year - 1, 1), (year, 2)]


def test_the_table_of_places_sums_to_the_companies_that_take_part():
    factories.make_company(municipality="2581")
    factories.make_company(municipality="2580", visibility={"location": "members"})
    factories.make_company(municipality="2580", published=False)
    factories.make_company()
    factories.make_company(municipality="2581", member=False)

    counted = in_words(count_results())

    assert counted["municipalities"] == [("Piteå", 1), ("", 3)]
    assert (counted["municipalities_total"], figures()) == (4, [(4, "företag är med i dag")])


def test_the_last_year_of_the_table_is_todays_figure():
    year = timezone.localdate().year
    for joined in (year - 1, year):
        factories.make_membership(factories.make_company(member=False), joined_on=date(joined, 1, 1))

    counted = count_results()

    assert counted["by_year"][-1] == (year, counted["members"]) == (year, 2)


def test_the_figures_stand_with_the_moment_they_were_counted(client):
    factories.make_cluster()
    factories.make_company()

    assert "Räknat " in client.get("/resultat/").content.decode()
