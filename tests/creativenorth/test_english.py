"""Texts that lack English are listed across all models with links to their fields; a new model cannot be forgotten."""

import pytest

from creativenorth.views.staff.missing_english import NOT_PUBLIC, SOURCES, bilingual_models
from tests import factories, html_validator

pytestmark = pytest.mark.django_db
PAGE = "/admin/english/"


def lines(client):
    page = client.get(PAGE)
    return [(line["name"], line["label"], line["url"].partition("#")[2]) for line in page.context["lines"]]


def test_every_model_with_texts_in_both_languages_is_known():
    assert {model._meta.label_lower for model in bilingual_models()} == {
        *(model._meta.label_lower for model in SOURCES),
        *NOT_PUBLIC,
    }


def test_what_is_public_and_in_swedish_alone_is_listed(staff_client):
    factories.make_news("Ute", title_en="", slug="ute")
    factories.make_news("Utkast", published=False, title_en="")
    company = factories.make_company("Bolaget", tagline_en="", works=1)
    company.profile.works.update(title_en="")

    found = lines(staff_client)

    assert found == [
        ("Ute", "title", "id_title_en"),
        ("Bolaget", "tagline", "id_tagline_en"),
        ("Bolaget", "title", "works-group"),
    ]


def test_the_page_has_as_many_questions_for_many(staff_client, django_assert_max_num_queries):
    for number in range(60):
        factories.make_news(f"Nyhet {number}", title_en="", summary_en="")
    staff_client.get(PAGE)

    with django_assert_max_num_queries(7):
        page = staff_client.get(PAGE)

    assert (len(page.context["lines"]), page.context["page"].paginator.count) == (50, 120)
    assert html_validator.errors(page.content.decode()) == []


def test_the_number_stands_on_the_start_page(staff_client):
    factories.make_news("Ute", title_en="")

    todos = [line for group in staff_client.get("/admin/").context["todos"] for line in group["lines"]]

    assert [(line.figure, line.text) for line in todos if line.url == PAGE] == [("1", "text saknar engelska")]


def test_each_link_says_whose_text_it_is_and_which(staff_client):
    item = factories.make_news("Ute", title_en="", slug="ute")

    page = staff_client.get(PAGE).content.decode()

    assert (
        f'<a class="untranslated__field" href="/admin/creativenorth/newsitem/{item.pk}/change/#id_title_en">Ute · '
        in page
    )
