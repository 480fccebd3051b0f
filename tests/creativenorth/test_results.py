"""The results page counts rows; what has no rows or is invented is left out."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from creativenorth.views.results import count_results, in_words
from tests import factories

pytestmark = pytest.mark.django_db


def figures():
    return [(figure.value, figure.label) for figure in in_words(count_results())["figures"]]


def test_an_empty_portal_has_no_figure(client):
    page = client.get("/resultat/").content.decode()

    assert figures() == []
    assert "Inget att redovisa än" in page


def test_activities_are_counted_once_they_are_held_and_by_who_came():
    company = factories.make_company()
    held = factories.make_activity(starts_in=-timedelta(days=9), sessions=2)
    for activity in (
        held,
        factories.make_activity(),
        factories.make_activity(starts_in=-timedelta(days=9), is_demo=True),
    ):
        factories.make_registration(activity, target_group="manager", company=company)
    factories.make_registration(held, target_group="creator")
    factories.make_registration(held, state="waiting")

    counted = in_words(count_results())

    assert figures() == [
        (1, "företag är med i dag"),
        (1, "genomförda aktiviteter"),
        (2, "platser tagna i dem"),
        (1, "företag har deltagit i aktiviteter"),
    ]
    assert [(group["count"], group["percent"]) for group in counted["groups"]] == [(1, 50), (1, 50)]


def test_members_are_counted_at_the_end_of_each_year():
    year = timezone.localdate().year
    for joined, left in ((year - 2, None), (year - 2, year - 1), (year, None)):
        company = factories.make_company(member=False)
        factories.make_membership(company, joined_on=date(joined, 1, 1), left_on=left and date(left, 6, 1))

    assert count_results()["by_year"] == [(year - 2, 2), (year - 1, 1), (year, 2)]


def test_places_are_those_that_companies_show():
    factories.make_company(municipality="2581")
    factories.make_company(municipality="2580", is_placeholder=True)
    factories.make_company(municipality="2580", visibility={"location": "members"})

    assert in_words(count_results())["municipalities"] == [("Piteå", 1)]


def test_the_figures_stand_with_the_moment_they_were_counted(client):
    factories.make_cluster()
    factories.make_company()

    assert "Räknat " in client.get("/resultat/").content.decode()
