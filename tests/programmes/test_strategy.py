"""The strategy page: the strategy that begins last, the others beside it, a document that must be a PDF."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from programmes.models import Strategy
from tests.factories import make_strategy

pytestmark = pytest.mark.django_db
PAGE = "/strategi/"
FORM = {
    "title_sv": "Vägen vidare",
    "title_en": "",
    "text_sv": "Vi fortsätter.",
    "text_en": "",
    "starts_on": "2026-01-01",
    "ends_on": "",
    "published_at": "",
}


def test_without_a_strategy_the_page_says_so_and_no_menu_leads_there(client):
    page = client.get(PAGE).content.decode()

    assert (page.count("Strategin skrivs just nu"), page.count(f'href="{PAGE}"')) == (1, 0)


def test_the_newest_public_one_is_shown_with_the_others_beside(client, staff_client):
    old = make_strategy("Förr", starts_on=date(2020, 1, 1), ends_on=None)
    now = make_strategy("Nu")
    draft = make_strategy(
        "Snart", starts_on=date(2030, 1, 1), ends_on=None, published_at=timezone.now() + timedelta(days=1)
    )

    pages = [client.get(PAGE), client.get(f"{PAGE}?id={draft.pk}"), staff_client.get(f"{PAGE}?id={old.pk}")]

    assert [(page.context["strategy"], page.context["older"]) for page in pages] == [
        (now, [old]),
        (now, [old]),
        (old, [draft, now]),
    ]


@pytest.mark.parametrize(("content", "is_kept"), [(b"%PDF-1.7 ...", True), (b"<html>", False)])
def test_the_document_is_a_pdf_under_a_name_of_ours(staff_client, content, is_kept):
    file = SimpleUploadedFile("strategi.pdf", content, "application/pdf")

    staff_client.post(reverse("admin:programmes_strategy_add"), FORM | {"document": file})

    assert Strategy.objects.count() == is_kept
    if is_kept:
        answer = staff_client.get(Strategy.objects.get().document.url)
        answer.close()
        assert (answer["Content-Type"], answer["Content-Disposition"][:10]) == ("application/pdf", "attachment")
