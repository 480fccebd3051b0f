"""What lacks English: a filter on every list of public texts, and a page that counts the rows of each."""

import pytest
from django.apps import apps

from creativenorth.text.bilingual import texts_of
from creativenorth.views.staff.missing_english import lists_of_texts
from tests import factories, html_validator

pytestmark = pytest.mark.django_db
PAGE = "/admin/english/"
NOT_PUBLIC = {"members.letter"}


def test_every_model_with_texts_in_both_languages_is_in_a_list_that_can_be_narrowed():
    bilingual = {each._meta.label_lower for each in apps.get_models() if texts_of(each) and not each._meta.proxy}
    inside = {model for each in lists_of_texts() for model, _column in [(each.model, ""), *each.rows_with_texts()]}

    assert bilingual - {model._meta.label_lower for model in inside} == NOT_PUBLIC


@pytest.fixture
def lacking():
    """A piece of news and a company that lack English; a draft lacks it too, and another company has it."""
    factories.make_news("Ute", title_en="")
    factories.make_news("Utkast", published=False, title_en="")
    factories.make_company("Hel", tagline_en="We", description_en="All")
    company = factories.make_company("Bolaget", works=1)
    company.profile.works.update(title_en="")


def test_page_counts_the_rows_of_each_list_and_leads_to_them(lacking, staff_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page = staff_client.get(PAGE)

    found = {each["name"]: (each["number"], _names(staff_client, each["url"])) for each in page.context["lists"]}
    assert found == {"Nyheter": (1, ["Ute"]), "Företag": (1, ["Bolaget"])}
    assert html_validator.errors(page.content.decode()) == []


def _names(client, url):
    return [str(row) for row in client.get(url).context["cl"].result_list]


def test_the_number_stands_on_the_start_page(lacking, staff_client):
    todos = [line for group in staff_client.get("/admin/").context["todos"] for line in group["lines"]]

    assert [(line.figure, line.text) for line in todos if line.url == PAGE] == [("2", "saknar engelska på webbplatsen")]
